# The library as HR writes it.

nav-hr-library = Library
hr-library-lead = What people read and what teams can do. Drafts are seen here only. To publish an item, write it in every language.
hr-library-search = Part of a title
library-new = New item
library-edit = Item of the library
library-to-list = All items
library-state = State
library-is-published = Published
library-is-draft = Draft
library-item-title = Title
library-untitled = Without a title
library-changed = Changed
library-audience = For
audience-person = One person
audience-team = A whole team
library-minutes = Minutes, one go
library-minutes-wrong = Please give whole minutes, from 1 to 480.
library-dimensions = Helps with
dimension-emotional_exhaustion = Emotional exhaustion
dimension-depersonalization = Detachment
dimension-reduced_accomplishment = Reduced accomplishment
library-levels = Fits at a level that is
library-duration = Duration, in words
library-description = Description
library-description-hint = What to do, how long, why it helps. Plain text, shown in lists too.
library-body = Fuller text
library-body-hint = For articles. Markdown: # heading, **bold**, - list, [words](https://…). May stay empty.
library-author-field = Author
library-source-field = Source, as a citation
library-new-tag = Add a topic
library-choose = Please choose.
library-tick-one = { $field }: please tick at least one.
library-missing = { $field }, { $language }: please fill in; what is published is there in each language.
library-needs-title = A draft needs a title in one language at least.
library-too-long = { $count ->
    [one] Too long: { $count } character at most.
   *[other] Too long: { $count } characters at most.
}
library-book-needs-author = A book needs its author.
library-tag-letters = The English name needs a letter or a digit.
library-preview = Preview
library-preview-title = This is how people will see it
library-preview-note = Nothing is saved yet.
library-publish = Publish
library-save-draft = Save as draft
library-unpublish = Take out of the library
library-changed-meanwhile = Somebody saved this item while you were writing. What you typed is below and not saved; if you save once more, it replaces theirs.
library-see-stored = See what is stored now (opens in a new tab)
library-delete = Delete this item
library-delete-note = It was never published, so it can be deleted for good.
library-in-use = This item ships with Hearth or was published once, so people may have it on their lists: it cannot be deleted, but it can be taken out of the library.
library-last-help = Not saved. Without this item, somebody with a high result would find no professional help. Publish another item of that category for a high level first, one that helps with the same.
flash-library-published = Published.
flash-library-draft = Saved as a draft; readers do not see it.
flash-library-deleted = The item is deleted.
