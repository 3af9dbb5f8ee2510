# The tree of departments.

nav-departments = Departments
departments-title = Departments
departments-lead = Departments: { $departments }. People in them: { $people }.
departments-none = There are no departments yet. Add the largest ones first, then the teams inside them.
departments-none-of-yours = HR has not assigned you to a department yet. As soon as that is done, you will see it here.
departments-table = Departments and the people in them
departments-path = Where this department is
departments-name = Department
departments-own = Directly in it
departments-total = In all
departments-numbers = Numbers
departments-action = Action
departments-shown = can have numbers of its own
departments-small = shown only within a larger department
departments-small-top = shown only within the whole company
departments-small-lead = Numbers: { $shown }.
departments-edit = Edit
departments-under = Departments under it
departments-new = New department
departments-new-under = Add a department under this one
departments-add = Add
departments-parent = Belongs to
departments-parent-hint = Everything under the department moves along with it.
departments-company = The company itself
departments-change-note = Numbers that have been published stay as they were: they keep the tree of their day.
departments-delete = Delete department
departments-delete-note = Nobody is in it. Published numbers keep its name. Check-ups of a period that is still open count for the department above it.
departments-in-use = This department has people or departments in it. Move them first, then it can be deleted.
departments-name-taken = There is a department with this name in the same place already.
departments-name-long = This is too long: 200 characters at most.
departments-name-separator = A name cannot contain “{ $separator }” between spaces: it separates the names of a path.
departments-no-parent = This department no longer exists. Please choose another.
departments-under-itself = A department cannot be moved under itself or under one of its own teams.
departments-too-deep = { $levels ->
    [one] There can be { $levels } level of departments at most.
   *[other] There can be { $levels } levels of departments at most.
}
flash-department-created = The department is added.
flash-department-changed = The department is changed.
flash-department-deleted = The department is deleted.
