# Sign-in, registration, recovery, profile, privacy, and the mails about them.

field-email = E-mail address
field-password = Password
field-new-password = New password
field-current-password = Current password
field-new-email = New e-mail address
field-name = Name
field-position = Position
field-department = Department

login-title = Sign in
login-forgot = Forgotten your password?
login-new-here = New here?
login-register = Create an account
login-wrong = This address and password do not belong together. Please check both.
login-wait = { $seconds ->
    [one] Too many tries. Please wait one second and try again; your password was not checked this time.
   *[other] Too many tries. Please wait { $seconds } seconds and try again; your password was not checked this time.
}
login-demo-title = Accounts of the demo company
login-demo-text = Password for all four:

login-have-code = You have a code on paper?
login-code = Use it here

code-title = Start with your code
code-lead = For people who take part without e-mail. The code stands on the slip you were given.
code-field = Code
code-hint = Twelve signs. Capital or small letters and hyphens do not matter.
code-submit = Start
code-personal = The code is yours alone and works once. HR does not see your answers or your result. If the code does not work though you have not used it, tell HR.
code-have-address = Sign in with an e-mail address
code-not-good = This code is not known, was used already, or its campaign is over. Please check every sign; if it is right, ask HR for a new slip.
code-wait = { $seconds ->
    [one] Too many tries. Please wait one second; this code was not checked.
   *[other] Too many tries. Please wait { $seconds } seconds; this code was not checked.
}
code-in-one-go = Please answer in one go, within an hour: your code does not work a second time.
code-finish = Finish
code-finish-title = Read it, then finish
code-finish-text = You see this result only now. Print it if you want to keep it, then finish, so that whoever uses this device next does not see it.

register-title = Create an account
register-lead = Your work address is enough. What you answer later is yours alone.
register-submit = Create account
register-have-account = You have an account already?
register-department-hint = As people call it in your company. HR will confirm it; it is not shown to anyone else.
register-email-taken = This address has an account already. Sign in, or set a new password.
email-malformed = This does not look like an e-mail address, such as name@company.com.
email-foreign-letters = Before the @ there are letters that are not Latin, perhaps ones that only look so. Please type the address in Latin letters.
email-mixed-letters = This address mixes letters of several alphabets that look alike. Please type it anew.

password-hint = At least 8 characters. Several words in a row are easy to remember and hard to guess.
password-show = Show
password-hide = Hide
password-too-short = The password needs at least 8 characters.
password-too-long = The password is too long: at most 128 characters.
password-unseen = The password has invisible or control characters that cannot be typed everywhere. Please leave them out.
password-too-common = This password is too easy to guess. Please choose another, for instance several words in a row.
mails-wait = { $minutes ->
    [one] Many mails were sent just now. Please try again in a minute.
   *[other] Many mails were sent just now. Please try again in { $minutes } minutes.
}

forgot-title = Forgotten your password?
forgot-lead = Tell us your address, and we send you a link with which you can set a new one.
forgot-submit = Send the link
forgot-sent = If this address has an account, a mail with a link is on its way. The link works for ten minutes.
forgot-back = Back to sign-in

reset-title = Set a new password
reset-submit = Set password
reset-link-old = This link does not work any more: it has been used, or it is too old.
reset-whose = Somebody, perhaps you on another device, registered with your address. If you know the password, sign in to that account and open the link again. Otherwise set a new password here: it ends every sign-in made so far.
reset-whose-sign-in = Sign in first
reset-new-link = Ask for a new link

profile-title = Profile
profile-about = About you
profile-department-unconfirmed = (not confirmed by HR yet)
profile-no-department = not given
profile-email = E-mail address
profile-email-now = You sign in with
profile-email-hint = We send a link to the new address. Nothing changes until you follow it.
profile-email-submit = Send confirmation link
profile-address-unverified = Nobody has shown yet that this address is yours. We sent you a link; open it, so that HR can confirm you.
profile-address-again = Send another link
profile-password = Password
profile-password-note = Every other device will be signed out.
profile-password-submit = Change password
profile-wrong-password = This is not your current password.

reauthenticate-title = Your password, please
reauthenticate-text = This goes through with your password only, so that nobody who finds your screen unlocked can do it. It is not asked again for ten minutes.
reauthenticate-submit = Continue
sign-out-unfinished-title = You are signed out in this browser only
sign-out-unfinished-text = This browser has forgotten you, but the server could not end the sign-in just now. To end it for good, sign in again in a moment and sign the other devices out on the page “Privacy and devices”.
sign-out-unfinished-again = Sign in again

confirm-email-title = Confirm your new address
confirm-email-text = From now on you will sign in with
confirm-email-submit = Use this address
confirm-email-old = This link does not work any more: it has been used, or it is too old. You can ask for a new one on your profile page.
confirm-email-other = This link belongs to another account than the one you are signed in to. Sign in to that one and open the link again.

verify-address-title = Is this your address?
verify-address-text = You registered with
verify-address-submit = Yes, it is mine
verify-address-old = This link does not work any more: it has been used, or it is too old. You can ask for a new one on your profile page.

privacy-title = Privacy and devices
privacy-lead = Where you are signed in, who tried to, and what you agreed to.
privacy-promise-link = Who sees what
privacy-devices = Signed-in devices
privacy-sign-out-others = Sign out everywhere else
privacy-browser = Browser
privacy-unknown-browser = Unknown
privacy-address = Network address
privacy-since = Signed in
privacy-last-seen = Last seen
privacy-action = Action
privacy-this-device = This device
privacy-tries = Latest tries to sign in
privacy-tries-note = If you do not recognise a successful one, change your password. Tries are kept for 90 days.
privacy-when = When
privacy-outcome = Outcome
privacy-succeeded = Succeeded
privacy-failed = Failed
privacy-no-tries = No tries yet
privacy-consents = What you agreed to
privacy-withdraw = Take back
consent-assessment = Check-ups
consent-assistant = Assistant
consent-version = (text of { $version })
consent-given = agreed on
consent-withdrawn = taken back on
consent-none = Nothing so far.

flash-welcome = Welcome to Hearth. Your account is ready.
flash-password-set = Your new password is set. Please sign in with it.
flash-password-changed = Your password is changed, and every other device is signed out.
flash-email-sent = A link is on its way to the new address. Nothing changes until you follow it.
flash-email-changed = Your address is changed.
flash-address-sent = A link is on its way to your address. If one was sent just now, please look for that one first.
flash-address-verified = Thank you: your address is verified.
flash-device-out = The device is signed out.
flash-devices-out = Every other device is signed out.
flash-consent-withdrawn = Your agreement is taken back. You will be asked again before the next check-up.

mail-reset-subject = A new password for Hearth
mail-reset-body =
    Hello,

    somebody, probably you, asked for a new password for Hearth. With this link you can set one; it works once, and for { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }:

    { $url }

    If it was not you, you need not do anything: your password stays as it is.
mail-password-changed-subject = Your Hearth password was changed
mail-password-changed-body =
    Hello,

    the password of your Hearth account has just been changed, and every other device is signed out.

    If it was not you, open the sign-in page, choose “Forgotten your password?” and set a new one.
mail-email-change-subject = Confirm your new address for Hearth
mail-email-change-body =
    Hello,

    somebody, probably you, wants to use this address to sign in to Hearth. To confirm it, open this link within a day:

    { $url }

    If it was not you, you need not do anything.
mail-email-notice-subject = A new address for your Hearth account
mail-email-notice-body =
    Hello,

    somebody signed in to your Hearth account asked to change its e-mail address. Nothing changes until the new address is confirmed.

    If it was not you, change your password now and sign out every other device on the page “Privacy and devices”.
mail-address-subject = Is this your address?
mail-address-body =
    Hello,

    somebody, probably you, registered with Hearth with this address. To show that it is yours, open this link within seven days; it works once:

    { $url }

    If it was not you, you need not do anything: without the link nobody can be confirmed under your address.
mail-email-changed-subject = Your Hearth address was changed
mail-email-changed-body =
    Hello,

    the address of your Hearth account has just been changed. Mails from Hearth go to the new address from now on.

    If it was not you, please tell whoever looks after Hearth in your company at once.
mail-new-device-subject = A new device signed in to your Hearth account
mail-new-device-body =
    Hello,

    somebody signed in to your Hearth account with a device that was never used for it before: { $browser }, address { $address }.

    If it was not you, change your password now: it signs every other device out.
mail-roles-changed-subject = Your roles in Hearth have changed
mail-roles-changed-body =
    Hello,

    an administrator changed what you may do in Hearth. You may have to sign in again.

    If you did not expect this, ask the administrators of Hearth in your company.
