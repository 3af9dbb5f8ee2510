# HR: the list of employees.

nav-employees = Employees

employees-title = Employees
employees-lead = Who works here, and who can sign in. Nothing on these pages tells how anybody is, or whether they did a check-up.
employees-add = Add an employee
employees-add-submit = Add
employees-search = Name or address
employees-state = State
employees-any-state = Any
employees-everywhere = The whole company
employees-show = Show
employees-everyone = Show everyone
employees-none = Nobody matches.
employees-first-page = From the start
employees-next-page = Next
employees-joined = Here since
employees-claimed = as they say, not confirmed
employees-claim = Department as they say
employees-no-department = None
employees-department-gone = This department is gone. Please choose another.
employees-waiting-count = { $count ->
    [one] { $count } person registered and waits for your confirmation.
   *[other] { $count } people registered and wait for your confirmation.
}
employees-no-health = You see nothing here of this person’s check-ups, not even whether there were any.
employees-manager = Reports to
employees-manager-email = Manager’s e-mail address
employees-manager-hint = For orientation only: it gives the manager no right to see anything.
employees-manager-unknown = Nobody here has this address.
employees-manager-cycle = This person would report to themselves, directly or by way of others.
employees-email-taken = Somebody here has this address already.
employees-address-unverified = Address not verified

employee-state-active = Active
employee-state-waiting = Waits for confirmation
employee-state-invited = Has not signed in yet

employees-confirm-title = Confirm
employees-confirm-text = Until you confirm this person, they count in nobody’s figures. Choose the department they really work in; what they said may be wrong.
employees-confirm-unverified = Nobody has shown yet that this address is theirs. Anyone can register with any address, so somebody else could be behind this name. Ask them to open the link in the mail they got; another can be sent from their profile page. After that you can confirm them.
employees-address-unverified-error = This person cannot be confirmed yet: the address is not verified. They have to open the link that was mailed to them first.
employees-confirm-submit = Confirm
employees-transfer-title = Position, department, manager
employees-transfer-text = Figures of the past stay where they were counted; a new department counts from the next check-up on.
employees-invitation-title = Invitation
employees-invitation-text = A mail with a link to choose a password. The link works once, for seven days.
employees-invite-submit = Send an invitation
employees-invite-now = Mail an invitation now, with a link to choose a password (it works for seven days)
employees-invited-on = Last invited

import-title = Import employees
import-lead = A table of people as CSV or XLSX. First you see what would happen; nothing is changed before you confirm.
import-columns = One line names the columns, in any order, in English, Russian or Ukrainian; a title may stand above it:
import-column-email = email: the address a person signs in with. Needed in every line.
import-column-name = name: needed for new people
import-column-position = position
import-column-department = department: its names from the top, such as Sales / North; missing departments are made
import-column-manager = manager_email: the address of somebody in the file or in the list; it gives no right to see anything
import-rules = An address that is in the list already is updated. An empty cell changes nothing. Either the whole file is imported or nothing of it.
import-file = File
import-file-hint = CSV or XLSX, at most 5 MB. CSV in any usual encoding, separated by commas, semicolons, tabs or |; the next page says how it was read.
import-invite = After the import, mail an invitation to everybody in the file who cannot sign in yet and was never invited
import-look = Look at what would happen
import-file-missing = Please choose a file.
import-file-too-large = The file is larger than 5 MB. Please split it and import the parts one after the other.
import-file-empty = There are no people in the file. One line names the columns, every further one is a person.
import-file-no-address = No column is called email.
import-file-column-twice = Two columns have the same meaning, for instance email and mail.
import-nothing-yet = Nothing has been changed yet. This is what the import will do:
import-problems = { $count ->
    [one] There is { $count } problem, so nothing can be imported. Please correct the file and upload it again.
   *[other] There are { $count } problems, so nothing can be imported. Please correct the file and upload it again.
}
import-more-problems = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
import-line = Line { $line }:
import-wrong-no-address = The e-mail address is missing. Add it, or leave this person out of the file.
import-wrong-bad-address = The e-mail address is malformed. It has to look like name@company.com.
import-wrong-address-twice = This address stands in an earlier line too. Keep one of them.
import-wrong-no-name = The name is missing. A new person needs one.
import-wrong-too-long = Name or position is longer than 255 characters. Shorten it; perhaps a quotation mark is not closed.
import-wrong-too-many-cells = There are more cells than columns. Put a text that has a separator in it into quotation marks.
import-wrong-bad-department = The department cannot be read. Write its names from the top, such as Sales / North: none empty, none longer than 200 characters, at most ten levels.
import-wrong-too-many-departments = The file would make more than a thousand departments. Is the right column called department?
import-wrong-bad-manager = The manager’s address is malformed. It has to look like name@company.com.
import-wrong-unknown-manager = Nobody in the list or in the file has the manager’s address. Add the manager, or leave the cell empty.
import-wrong-own-manager = This person would be their own manager. Correct the address or leave the cell empty.
import-wrong-manager-cycle = This person would report to themselves by way of others. Correct the managers.
import-outcome-new = New
import-outcome-changed = Changed
import-outcome-unchanged = Unchanged
import-outcome-waits = Left alone: registered by themselves, address not verified
import-departments-new = New departments
import-departments-made = New departments
import-invited = Invitations on their way
import-will-invite = Everybody in the file who cannot sign in yet and was never invited will be mailed an invitation.
import-will-not-invite = No invitations will be mailed.
import-confirm = Import
import-other-file = Choose another file
import-rows = What happens, line by line
import-row = Line
import-what = What happens
import-next-rows = Next lines
import-previous-rows = Previous lines
import-running = The import is running: { $percent } %.
import-progress = Progress
import-running-note = This page renews itself. You may leave it; the import goes on.
import-interrupted = The import was interrupted, and nothing was changed. You can start it again.
import-again = Start again
import-failed = The import did not succeed, and nothing was changed. Below is how the file looks now; please try again.
import-done = Everything is imported.
import-column-language = language: { language-codes }, for people who have not chosen one themselves
import-template = An empty list to fill in:
import-file-not-text = This is neither a table in text nor a workbook. In Excel choose “Save as”, then “Excel workbook (.xlsx)” or “CSV UTF-8”.
import-file-old-workbook = This workbook is in the format of before 2007, or has a password. In Excel choose “Save as”, “Excel workbook (.xlsx)”, without a password.
import-file-bad-workbook = The workbook is damaged and cannot be read. Open it in Excel and save it anew.
import-file-unpacks-too-large = The workbook is too large once unpacked. Copy only the list of people into a new one.
import-file-too-many-rows = The file has more than 100,000 people. Please split it and import the parts one after the other.
import-choose-title = Please say what the columns hold
import-choose-text = Choose below what each column holds; then you see what would happen.
import-warnings = Please look at this again
import-doubt-mixed-name = one word has letters of several alphabets that look alike, for instance a Latin “a” in a Cyrillic word. It is imported as it is.
import-doubt-mixed-department = one word has letters of several alphabets that look alike. A new department with this name will be made.
import-doubt-looks-like-department = it looks like another department, but has other letters. A second department will be made; correct the file if it is the same one.
import-read-as = How the file was read
import-encoding = Encoding
import-encoding-hint = If letters look wrong, choose another one.
import-separator = Separator
import-separator-comma = comma
import-separator-semicolon = semicolon
import-separator-tab = tab
import-separator-bar = vertical bar
import-sheet-read = Sheet
import-sheets-unread = Sheets that were not read
import-heading-line = Line with the names of the columns
import-columns-found = Columns found, and what they hold
import-columns-choose = Which column holds the name is not known. Choose it if there is one.
import-column-unnamed = Column { $number }, without a name
import-column-unused = not used
import-read-again = Read it this way
import-holds-email = E-mail address
import-holds-name = Name
import-holds-position = Position
import-holds-department = Department
import-holds-manager_email = Manager’s e-mail address
import-holds-language = Language
import-heading-email = email
import-heading-name = name
import-heading-position = position
import-heading-department = department
import-heading-manager_email = manager_email
import-heading-language = language
import-sheet = Employees
import-wrong-unclosed-quote = A quotation mark is opened here and never closed, so everything after it would be lost. Close it, or take it away.
import-wrong-stray-quote = There is a quotation mark inside a cell. Put the whole cell into quotation marks and double those inside, or take them away.
import-wrong-swallowed-lines = Several lines have run together into one cell that begins here. A quotation mark is probably not closed.
import-wrong-too-few-cells = There are fewer cells than columns; a separator may be missing. Write every separator, also for empty cells.
import-wrong-broken-sign = A letter cannot be read (�). Correct it, or save the file as “CSV UTF-8”.
import-wrong-cell-error = A cell has an error of a formula, such as #REF!.
import-wrong-address-inside = An e-mail address stands inside another cell. Two cells or lines may have run together.
import-wrong-foreign-letters = The e-mail address has letters before the @ that are not Latin, perhaps ones that only look so. Type it anew in Latin letters.
import-wrong-mixed-address = The e-mail address mixes letters of several alphabets that look alike. Type it anew.
import-wrong-bad-language = The language is not known. Write { language-codes }.

archive-title = Somebody leaves
archive-link-text = When this person leaves the company, archive them. You first see what is kept and what is deleted.
archive-link = Archive …
archive-deleted = What is deleted, for good
archive-deleted-access = Their account: they are signed out everywhere and cannot sign in any more
archive-deleted-answers = All their check-ups with answers and results, drafts and daily pulses
archive-deleted-rest = Their recommendations, agreements, roles, open invitations and links, and requests for support
archive-kept = What is kept
archive-kept-row = Name, address, position, department, the day they joined, how long they were here and how many recommendations they completed
archive-kept-count = The result that counts in a period still open, without name, answers and time. It goes too once that period is published.
archive-kept-published = Figures that are published already; nobody can be read from them
archive-restore-note = You can bring the account back later, but not its history.
archive-submit = Archive
archive-cancel = Cancel
archive-oneself = You cannot archive yourself. Somebody else of HR has to do it.
archive-last-admin = This is the last person who can give roles. Give somebody else the role of an administrator first.
archive-email-taken = This account cannot be brought back: somebody here has its address by now.
archived-title = Archive
archived-lead = People who left. You can bring an account back; its history is gone for good.
archived-none = Nobody has left yet.
archived-on = Archived on
archived-action = Action
archived-restore = Bring back
archived-restore-name = Bring back { $name }
flash-employee-archived = Archived.
flash-employee-erased = Their account is gone for good: they had asked to be erased.
flash-employee-restored = The account is back, without its history. Who has an address gets an invitation.

flash-employee-added = Added.
flash-employee-confirmed = Confirmed.
flash-employee-invited = The invitation is on its way. If one was sent just now, no second one goes out.

mail-invitation-subject = Your invitation to Hearth
mail-invitation-body =
    Hello,

    your company uses Hearth, a check-up against burnout. You have an account there. With this link you can choose a password; it works once, for seven days:

    { $url }

    What you answer in Hearth is yours alone: nobody in the company can see it.
