# Sign-in, registration, recovery, profile, privacy, and the mails about them.

field-email = Электронная почта
field-password = Пароль
field-new-password = Новый пароль
field-current-password = Текущий пароль
field-new-email = Новый адрес почты
field-name = Имя
field-position = Должность
field-department = Отдел

login-title = Вход
login-forgot = Забыли пароль?
login-new-here = Впервые здесь?
login-register = Создать аккаунт
login-wrong = Адрес и пароль не подходят друг к другу. Пожалуйста, проверьте и то и другое.
login-wait = { $seconds ->
    [one] Слишком много попыток. Подождите { $seconds } секунду и попробуйте снова: в этот раз пароль не проверялся.
    [few] Слишком много попыток. Подождите { $seconds } секунды и попробуйте снова: в этот раз пароль не проверялся.
    [many] Слишком много попыток. Подождите { $seconds } секунд и попробуйте снова: в этот раз пароль не проверялся.
   *[other] Слишком много попыток. Подождите { $seconds } секунды и попробуйте снова: в этот раз пароль не проверялся.
}
login-demo-title = Аккаунты демонстрационной компании
login-demo-text = Пароль ко всем четырём:

register-title = Новый аккаунт
register-lead = Рабочей почты достаточно. Всё, что вы потом ответите, останется только вашим.
register-submit = Создать аккаунт
register-have-account = Уже есть аккаунт?
register-department-hint = Как его называют у вас в компании. Отдел кадров подтвердит; больше его никому не показывают.
register-email-taken = С этим адресом уже есть аккаунт. Войдите или задайте новый пароль.
email-malformed = Это не похоже на адрес почты вида name@company.com.

password-hint = Не меньше 8 символов. Несколько слов подряд легко запомнить и трудно подобрать.
password-show = Показать
password-hide = Скрыть
password-too-short = В пароле должно быть не меньше 8 символов.
password-too-long = Пароль слишком длинный: можно не больше 72 байт, то есть 72 латинские буквы или 36 букв кириллицы.
password-too-common = Этот пароль слишком легко угадать. Выберите, пожалуйста, другой — например, несколько слов подряд.

forgot-title = Забыли пароль?
forgot-lead = Укажите свой адрес, и мы пришлём ссылку, по которой можно задать новый пароль.
forgot-submit = Отправить ссылку
forgot-sent = Если с этим адресом есть аккаунт, письмо со ссылкой уже в пути. Ссылка действует один час.
forgot-back = Вернуться ко входу

reset-title = Новый пароль
reset-submit = Задать пароль
reset-link-old = Эта ссылка больше не действует: она уже использована или устарела.
reset-new-link = Запросить новую ссылку

profile-title = Профиль
profile-about = О вас
profile-department-unconfirmed = (отдел кадров ещё не подтвердил)
profile-no-department = не указан
profile-email = Электронная почта
profile-email-now = Сейчас адрес для входа:
profile-email-hint = На новый адрес придёт ссылка. Пока вы по ней не перейдёте, всё останется как есть.
profile-email-submit = Отправить ссылку для подтверждения
profile-password = Пароль
profile-password-note = На остальных устройствах нужно будет войти заново.
profile-password-submit = Сменить пароль
profile-wrong-password = Это не ваш текущий пароль.

confirm-email-title = Подтвердите новый адрес
confirm-email-text = Теперь адрес для входа будет таким:
confirm-email-submit = Входить с этим адресом
confirm-email-old = Эта ссылка больше не действует: она уже использована или устарела. Новую можно запросить на странице профиля.

privacy-title = Приватность и устройства
privacy-lead = Где открыт ваш аккаунт, кто пытался в него войти и на что вы дали согласие.
privacy-promise-link = Кто что видит
privacy-devices = Где открыт аккаунт
privacy-sign-out-others = Выйти на остальных устройствах
privacy-browser = Браузер
privacy-unknown-browser = Неизвестный
privacy-address = Сетевой адрес
privacy-since = Вход
privacy-last-seen = Последняя активность
privacy-action = Действие
privacy-this-device = Это устройство
privacy-tries = Последние попытки входа
privacy-tries-note = Если среди удачных есть незнакомая, смените пароль. Попытки хранятся 90 дней.
privacy-when = Когда
privacy-outcome = Итог
privacy-succeeded = Удачно
privacy-failed = Неудачно
privacy-no-tries = Попыток пока не было
privacy-consents = На что вы дали согласие
privacy-withdraw = Отозвать согласие
consent-assessment = Опросник
consent-assistant = Помощник
consent-version = (редакция { $version })
consent-given = согласие от
consent-withdrawn = отозвано
consent-none = Пока ни на что.

flash-welcome = Добро пожаловать в Hearth. Ваш аккаунт готов.
flash-password-set = Новый пароль задан. Войдите с ним, пожалуйста.
flash-password-changed = Пароль изменён. На остальных устройствах нужно войти заново.
flash-email-sent = Ссылка отправлена на новый адрес. Пока вы по ней не перейдёте, всё останется как есть.
flash-email-changed = Адрес изменён.
flash-device-out = На выбранном устройстве вы вышли из аккаунта.
flash-devices-out = На всех остальных устройствах вы вышли из аккаунта.
flash-consent-withdrawn = Согласие отозвано. Перед следующим опросником мы спросим вас снова.

mail-reset-subject = Новый пароль для Hearth
mail-reset-body =
    Здравствуйте!

    Кто-то, скорее всего вы, попросил новый пароль для Hearth. Задать его можно по этой ссылке; она сработает один раз и действует { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
        [many] { $hours } часов
       *[other] { $hours } часа
    }:

    { $url }

    Если это были не вы, ничего делать не нужно: пароль останется прежним.
mail-password-changed-subject = Пароль от Hearth изменён
mail-password-changed-body =
    Здравствуйте!

    Пароль вашего аккаунта в Hearth только что изменили. На всех остальных устройствах нужно войти заново.

    Если это были не вы, откройте страницу входа, нажмите «Забыли пароль?» и задайте новый.
mail-email-change-subject = Подтвердите новый адрес для Hearth
mail-email-change-body =
    Здравствуйте!

    Кто-то, скорее всего вы, хочет входить в Hearth с этим адресом. Чтобы подтвердить его, откройте ссылку в течение суток:

    { $url }

    Если это были не вы, ничего делать не нужно.
mail-email-notice-subject = Новый адрес для вашего аккаунта в Hearth
mail-email-notice-body =
    Здравствуйте!

    Кто-то, у кого открыт ваш аккаунт в Hearth, попросил сменить адрес почты. Пока новый адрес не подтверждён, всё остаётся как есть.

    Если это были не вы, сразу смените пароль и выйдите на остальных устройствах: это можно сделать на странице «Приватность и устройства».
