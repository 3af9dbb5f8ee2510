# People's roles, and what roles may do.

nav-admin-users = People and roles
nav-admin-roles = Roles
nav-admin-audit = Audit log

role-employee = Employee
role-manager = Manager
role-hr = HR
role-admin = Administrator

permission-view_team_insights = Own department’s figures
permission-view_company_insights = Company’s figures
permission-manage_campaigns = Campaigns
permission-manage_employees = Employees and departments
permission-manage_content = Questionnaires and library
permission-answer_support = Requests for support
permission-manage_roles = Roles
permission-view_audit = Audit log
permission-opens-view_team_insights = Published figures of the person’s own department and what is under it. No other department, and nobody’s answers or result.
permission-opens-view_company_insights = Published figures of the whole company and their exports. Nobody’s answers or result, and no figure of a group that is too small.
permission-opens-manage_campaigns = Plan, open and close campaigns, and have reminders sent. Not who answered, and not what.
permission-opens-manage_employees = Names, addresses, positions and departments: import, confirm, transfer, archive. No passwords, no results, no roles.
permission-opens-manage_content = Questionnaires, their licences, and the texts of the library. Not the answers.
permission-opens-answer_support = Requests that people sent on purpose, with what they themselves added. Nothing that they did not send.
permission-opens-manage_roles = Everyone’s name, address and roles; give and take every role, their own included. No passwords and nothing about health.
permission-opens-view_audit = Who did what in administration and HR, and when. No check-ups, pulses or chats: those are not in it.

admin-users-title = People and roles
admin-users-lead = Who may do more than their own check-up. Nothing about anybody’s health is shown here, and nobody’s password or address can be changed.
admin-search = Name or address
admin-role = Role
admin-any-role = Any role
admin-find = Search
admin-nobody = Nobody fits this search.
admin-name = Name
admin-address = E-mail
admin-roles-held = Roles
admin-no-roles = none
admin-roles-other = Other roles
admin-pager-first = From the beginning
admin-pager-next = Next
admin-user-title = Roles: { $name }
admin-user-no-roles = No role beyond that of an employee, which everyone has.
admin-user-note = When a role is given or taken, the person is signed out everywhere and signs in anew.
admin-user-self-note = These are your own roles. When one is given or taken, you are signed out on every other device.
admin-user-mixed = This person can both manage roles and do HR’s work. Think about whether two people should share that, so that each can check the other.
admin-give = Give
admin-take = Take away
flash-role-given = The role is given.
flash-role-taken = The role is taken away.

admin-roles-title = Roles
admin-roles-lead = A role is a name for what somebody may do. A person can have several; nobody needs one for their own check-up.
role-permissions = What it opens
role-opens-nothing = nothing beyond one’s own check-up
role-people = People
role-everyone = everyone
role-ships = comes with Hearth
role-ships-note = This role comes with Hearth: it keeps its name and cannot be deleted.
role-employee-note = Everyone has this role. Nobody needs a permission for their own check-up, and so it has none to give.
role-name = Name of the role
role-name-hint = As people in your company would call it, for example “Works council”.
role-name-taken = There is a role with this name already.
role-last-admin = Somebody must be left who can manage roles. Give such a role to another person first.
role-shipped = This role comes with Hearth and cannot be changed like this.
role-mix-hint = Managing roles is best kept apart from HR’s work, so that nobody can widen their own view unnoticed.
role-mixed = This role combines managing roles with HR’s work. Whoever has it can give themselves anything. Consider two roles and two people.
role-mixed-short = Combines roles with HR’s work
role-new = New role
role-create = Create the role
role-delete = Delete
role-delete-note = { $count ->
    [one] { $count } person has this role. They lose it at once and are signed out.
   *[other] { $count } people have this role. They lose it at once and are signed out.
}
role-delete-submit = Delete this role
flash-role-created = The role is there.
flash-role-changed = The role is changed.
flash-role-deleted = The role is deleted.

admin-sign-out-title = Signed-in devices
admin-sign-out-text = Ends every sign-in of this person, in browsers and programs, for example when a device was lost. They can sign in again with their password.
admin-sign-out-submit = Sign them out everywhere
admin-everyone-out-title = Sign everyone out
admin-everyone-out-text = Ends every sign-in of everybody but yours on this device.
flash-person-signed-out = The person is signed out everywhere.
flash-everyone-signed-out = Everybody else is signed out.
