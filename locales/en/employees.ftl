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

flash-employee-added = Added.
flash-employee-confirmed = Confirmed.
flash-employee-invited = The invitation is on its way. If one was sent just now, no second one goes out.

mail-invitation-subject = Your invitation to Hearth
mail-invitation-body =
    Hello,

    your company uses Hearth, a check-up against burnout. You have an account there. With this link you can choose a password; it works once, for seven days:

    { $url }

    What you answer in Hearth is yours alone: nobody in the company can see it.
