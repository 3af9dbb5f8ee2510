# Sign-in, registration, recovery, profile, privacy, and the mails about them.

field-email = Електронна пошта
field-password = Пароль
field-new-password = Новий пароль
field-current-password = Поточний пароль
field-new-email = Нова адреса пошти
field-name = Ім’я
field-position = Посада
field-department = Відділ

login-title = Вхід
login-forgot = Забули пароль?
login-new-here = Уперше тут?
login-register = Створити акаунт
login-wrong = Адреса й пароль не пасують одне до одного. Будь ласка, перевірте і те, і те.
login-wait = { $seconds ->
    [one] Забагато спроб. Зачекайте { $seconds } секунду й спробуйте ще раз: цього разу пароль не перевіряли.
    [few] Забагато спроб. Зачекайте { $seconds } секунди й спробуйте ще раз: цього разу пароль не перевіряли.
    [many] Забагато спроб. Зачекайте { $seconds } секунд і спробуйте ще раз: цього разу пароль не перевіряли.
   *[other] Забагато спроб. Зачекайте { $seconds } секунди й спробуйте ще раз: цього разу пароль не перевіряли.
}
login-demo-title = Акаунти демонстраційної компанії
login-demo-text = Пароль до всіх чотирьох:

register-title = Новий акаунт
register-lead = Робочої пошти достатньо. Усе, що ви потім відповісте, лишиться тільки вашим.
register-submit = Створити акаунт
register-have-account = Уже маєте акаунт?
register-department-hint = Як його називають у вашій компанії. Відділ кадрів підтвердить; більше його нікому не показують.
register-email-taken = З цією адресою вже є акаунт. Увійдіть або задайте новий пароль.
email-malformed = Це не схоже на адресу пошти на зразок name@company.com.

password-hint = Щонайменше 8 символів. Кілька слів поспіль легко запам’ятати й важко підібрати.
password-show = Показати
password-hide = Сховати
password-too-short = У паролі має бути щонайменше 8 символів.
password-too-long = Пароль задовгий: можна не більше ніж 72 байти, тобто 72 латинські літери або 36 літер кирилиці.
password-too-common = Цей пароль надто легко вгадати. Оберіть, будь ласка, інший — наприклад, кілька слів поспіль.

forgot-title = Забули пароль?
forgot-lead = Вкажіть свою адресу, і ми надішлемо посилання, за яким можна задати новий пароль.
forgot-submit = Надіслати посилання
forgot-sent = Якщо з цією адресою є акаунт, лист із посиланням уже в дорозі. Посилання діє одну годину.
forgot-back = Повернутися до входу

reset-title = Новий пароль
reset-submit = Задати пароль
reset-link-old = Це посилання більше не діє: ним уже скористалися або воно застаріло.
reset-new-link = Попросити нове посилання

profile-title = Профіль
profile-about = Про вас
profile-department-unconfirmed = (відділ кадрів ще не підтвердив)
profile-no-department = не вказано
profile-email = Електронна пошта
profile-email-now = Зараз адреса для входу:
profile-email-hint = На нову адресу прийде посилання. Доки ви за ним не перейдете, усе лишиться як є.
profile-email-submit = Надіслати посилання для підтвердження
profile-address-unverified = Поки не підтверджено, що це ваша адреса. Ми надіслали на неї посилання: перейдіть за ним, щоб відділ кадрів міг вас підтвердити.
profile-address-again = Надіслати посилання ще раз
profile-password = Пароль
profile-password-note = На інших пристроях треба буде ввійти знову.
profile-password-submit = Змінити пароль
profile-wrong-password = Це не ваш поточний пароль.

confirm-email-title = Підтвердьте нову адресу
confirm-email-text = Відтепер адреса для входу буде така:
confirm-email-submit = Входити з цією адресою
confirm-email-old = Це посилання більше не діє: ним уже скористалися або воно застаріло. Нове можна попросити на сторінці профілю.

verify-address-title = Це ваша адреса?
verify-address-text = Ви зареєструвалися з адресою
verify-address-submit = Так, це моя адреса
verify-address-old = Це посилання більше не діє: ним уже скористалися або воно застаріло. Нове можна попросити на сторінці профілю.

privacy-title = Приватність і пристрої
privacy-lead = Де відкрито ваш акаунт, хто намагався в нього ввійти й на що ви дали згоду.
privacy-promise-link = Хто що бачить
privacy-devices = Де відкрито акаунт
privacy-sign-out-others = Вийти на інших пристроях
privacy-browser = Браузер
privacy-unknown-browser = Невідомий
privacy-address = Мережева адреса
privacy-since = Вхід
privacy-last-seen = Остання активність
privacy-action = Дія
privacy-this-device = Цей пристрій
privacy-tries = Останні спроби входу
privacy-tries-note = Якщо серед вдалих є незнайома, змініть пароль. Спроби зберігаються 90 днів.
privacy-when = Коли
privacy-outcome = Підсумок
privacy-succeeded = Вдало
privacy-failed = Невдало
privacy-no-tries = Спроб поки що не було
privacy-consents = На що ви дали згоду
privacy-withdraw = Відкликати згоду
consent-assessment = Опитувальник
consent-assistant = Помічник
consent-version = (редакція { $version })
consent-given = згода від
consent-withdrawn = відкликано
consent-none = Поки що ні на що.

flash-welcome = Вітаємо в Hearth. Ваш акаунт готовий.
flash-password-set = Новий пароль задано. Увійдіть із ним, будь ласка.
flash-password-changed = Пароль змінено. На інших пристроях треба ввійти знову.
flash-email-sent = Посилання надіслано на нову адресу. Доки ви за ним не перейдете, усе лишиться як є.
flash-email-changed = Адресу змінено.
flash-address-sent = Посилання надіслано на вашу адресу. Якщо лист щойно вже приходив, скористайтеся ним.
flash-address-verified = Дякуємо, вашу адресу підтверджено.
flash-device-out = На вибраному пристрої ви вийшли з акаунта.
flash-devices-out = На всіх інших пристроях ви вийшли з акаунта.
flash-consent-withdrawn = Згоду відкликано. Перед наступним опитувальником ми запитаємо вас знову.

mail-reset-subject = Новий пароль для Hearth
mail-reset-body =
    Вітаємо!

    Хтось, найімовірніше ви, попросив новий пароль для Hearth. Задати його можна за цим посиланням; воно спрацює один раз і діє { $hours ->
        [one] { $hours } годину
        [few] { $hours } години
        [many] { $hours } годин
       *[other] { $hours } години
    }:

    { $url }

    Якщо це були не ви, нічого робити не треба: пароль лишиться той самий.
mail-password-changed-subject = Пароль від Hearth змінено
mail-password-changed-body =
    Вітаємо!

    Пароль вашого акаунта в Hearth щойно змінили. На всіх інших пристроях треба ввійти знову.

    Якщо це були не ви, відкрийте сторінку входу, натисніть «Забули пароль?» і задайте новий.
mail-email-change-subject = Підтвердьте нову адресу для Hearth
mail-email-change-body =
    Вітаємо!

    Хтось, найімовірніше ви, хоче входити в Hearth із цією адресою. Щоб підтвердити її, відкрийте посилання протягом доби:

    { $url }

    Якщо це були не ви, нічого робити не треба.
mail-email-notice-subject = Нова адреса для вашого акаунта в Hearth
mail-email-notice-body =
    Вітаємо!

    Хтось, у кого відкрито ваш акаунт у Hearth, попросив змінити адресу пошти. Доки нову адресу не підтверджено, усе лишається як є.

    Якщо це були не ви, одразу змініть пароль і вийдіть на інших пристроях: це можна зробити на сторінці «Приватність і пристрої».
mail-address-subject = Це ваша адреса?
mail-address-body =
    Вітаємо!

    Хтось, найімовірніше ви, зареєструвався в Hearth із цією адресою. Щоб підтвердити, що вона ваша, відкрийте посилання протягом семи днів; воно спрацює один раз:

    { $url }

    Якщо це були не ви, нічого робити не треба: без цього посилання нікого не зможуть підтвердити з вашою адресою.
