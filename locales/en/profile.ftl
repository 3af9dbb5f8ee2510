# The profile: a picture, and what one says of oneself.

profile-picture = Picture
profile-picture-alt = Your picture
profile-picture-file = Choose a picture
profile-picture-hint = PNG, JPEG or WebP, up to 5 MB. The middle of it is kept as a small square; where and when it was taken is removed.
profile-picture-submit = Use this picture
profile-picture-delete = Remove the picture
picture-missing = Please choose a file.
picture-too-large = The file is larger than 5 MB.
picture-unknown = This is not a PNG, JPEG or WebP picture.
picture-unreadable = This picture cannot be read, or is larger than 10,000 pixels on a side.
profile-details = More about you
profile-details-text = For yourself, and all of it optional. Nobody else sees it on any page, and none of it enters a figure.
profile-choose = Please choose one.
profile-gender = Gender
gender-female = Female
gender-male = Male
gender-non_binary = Non-binary
gender-other = Other
gender-prefer_not_to_say = Prefer not to say
profile-profession = Kind of work
profession-management = Management
profession-engineering = Engineering
profession-information_technology = Information technology
profession-research = Research
profession-sales = Sales
profession-customer_service = Customer service
profession-marketing = Marketing
profession-finance = Finance
profession-human_resources = Human resources
profession-administration = Administration
profession-production = Production
profession-logistics = Logistics
profession-health_care = Health care
profession-education = Education
profession-other = Other
profession-prefer_not_to_say = Prefer not to say
profile-interests = Interests
profile-interests-hint = Up to twelve, with commas between: what you like doing when work is over.
profile-interests-too-many = { $count ->
    [one] { $count } interest at most.
   *[other] { $count } interests at most.
}
profile-interest-too-long = { $count ->
    [one] An interest has { $count } character at most.
   *[other] An interest has { $count } characters at most.
}
profile-contact-too-long = { $count ->
    [one] { $count } character at most.
   *[other] { $count } characters at most.
}
profile-phone = Phone
profile-messenger = Messenger
profile-website = Website
profile-emergency-name = Whom to call in an emergency
profile-emergency-phone = Their phone
profile-clear = Forget all of this, the picture too
profile-clear-note = Details and picture are deleted at once and cannot be brought back.
profile-clear-yes = Yes, forget them
flash-profile-cleared = Forgotten.
