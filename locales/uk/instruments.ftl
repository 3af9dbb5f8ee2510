# Опитувальники на сторінці відділу кадрів.

nav-instruments = Опитувальники
instruments-lead = Про що питають працівників, у всіх версіях. Версія ніколи не змінюється, щоб результати можна було порівнювати.
instruments-name = Опитувальник
instruments-version = Версія
instruments-languages = Мови
instruments-items = Запитання
instruments-scales = Шкали
instruments-scale = Шкала
instruments-licence = Ліцензія
instruments-licence-note = Що сказано про ліцензію у файлі
instruments-licence-not_needed = Не потрібна
instruments-licence-attested = Є
instruments-licence-missing = Ще не підтверджена
instruments-use = Застосування
instruments-current = Для всіх перевірок поза кампаніями
instruments-answered = На нього відповідали
instruments-unused = На нього поки що не відповідали
instruments-campaigns = Кампанії
instruments-campaign-count = { $count ->
    [one] { $count } кампанія
    [few] { $count } кампанії
    [many] { $count } кампаній
   *[other] { $count } кампанії
}
instruments-import = Завантажити опитувальник
instruments-import-text = Власник ліцензії може завантажити перевірений опитувальник із файлу. Формат описано в instruments/README.md. Той самий файл ще раз нічого не змінить; для іншого змісту потрібна інша версія.
instruments-file = Файл
instruments-file-hint = TOML, не більше ніж 256 КБ.
instruments-import-submit = Завантажити
instruments-no-file = Виберіть файл.
instruments-too-large = Файл завеликий: не більше ніж 256 КБ.
instruments-not-text = Це не текстовий файл у кодуванні UTF-8.
instruments-refused = Нічого не завантажено. Де і що не так: { $reason }
instruments-back = Усі опитувальники
instruments-preview = Попередній перегляд
instruments-preview-back = Назад до опитувальника
instruments-preview-note = Так запитання бачать працівники. Надіслати звідси нічого не можна.
instruments-attested-by = Хто підтвердив: { $name }, { $date }
instruments-attest = Підтвердити ліцензію
instruments-attest-text = Поки ліцензію не підтверджено, цю версію можна переглянути, але не можна вибрати для кампанії. Hearth запам’ятає, хто й коли підтвердив.
instruments-holder = У кого ліцензія
instruments-holder-hint = Компанія або людина, якій її видано, і номер, якщо він є.
instruments-held = Ми маємо ліцензію на цей опитувальник
instruments-tick-held = Поставте позначку, якщо ліцензія у вас є.
instruments-attest-submit = Підтвердити
instruments-value = Значення
instruments-sum = Сума
instruments-mean = Середнє
instruments-minimum = Потрібно відповідей
instruments-reliability = Надійність
instruments-sem = Похибка вимірювання (SEM)
instruments-real-change = Реальна зміна від
instruments-lacks-sd = У файлі є надійність, але немає sd, тому похибка вимірювання невідома.
instruments-cut-offs = Межі рівнів
instruments-provisional = попередні
instruments-source = Джерело:
instruments-no-cut-offs = У файлі немає меж рівнів, тому результати не мають рівнів.
instruments-figures = Як він вимірює тут
instruments-figures-text = За опитувальниками останнього закритого періоду. Лише для відома: результати й зміни оцінюються за власними даними версії, наведеними вище.
instruments-figures-of = { $count ->
    [one] За відповідями щонайменше { $count } людини за період, що закінчився { $date }. Обчислюється один раз, коли період закрито.
    [few] За відповідями щонайменше { $count } людей за період, що закінчився { $date }. Обчислюється один раз, коли період закрито.
    [many] За відповідями щонайменше { $count } людей за період, що закінчився { $date }. Обчислюється один раз, коли період закрито.
   *[other] За відповідями щонайменше { $count } людини за період, що закінчився { $date }. Обчислюється один раз, коли період закрито.
}
instruments-too-few = Ці дані з’являться, коли закриється період, у якому відповіли щонайменше 100 людей.
instruments-alpha = α Кронбаха
instruments-sd = Стандартне відхилення
instruments-number = №
instruments-item = Запитання
instruments-correlation = Кореляція з рештою шкали
flash-instrument-imported = Опитувальник завантажено.
flash-instrument-attested = Ліцензію підтверджено. Тепер версію можна вибрати для кампанії.
