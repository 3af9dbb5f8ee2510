# What helps: the list and its codes.

recs-title = What helps
recs-lead = Open: { $open }. Done: { $completed }.
recs-by-category = By category
recs-all = All
recs-open = Open
recs-completed = Done
recs-empty = Suggestions come after your first check-up and fit what you answered.
recs-all-done = Everything on your list is done. The next check-up brings new suggestions.
recs-none-in-category = Nothing open in this category.
rec-done = Mark as done
rec-undo = Not done after all
rec-source = Source:
flash-recommendation-done = Marked as done.
flash-recommendation-reopened = Back on your list.

category-rest = Rest
category-body = Body
category-boundaries = Boundaries
category-workload = Workload
category-connection = People
category-meaning = Meaning
category-professional_help = Professional help

kind-exercise = Exercise
kind-habit = Habit
kind-conversation = Conversation
kind-article = Article
kind-book = Book
kind-professional_help = Professional help

priority-high = First
priority-medium = Soon
priority-low = When you like
