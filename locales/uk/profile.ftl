# Профіль: світлина й те, що людина каже про себе.

profile-picture = Світлина
profile-picture-alt = Ваша світлина
profile-picture-file = Виберіть зображення
profile-picture-hint = PNG, JPEG або WebP, до 5 МБ. Зберігається середина у вигляді невеликого квадрата; відомості про те, де й коли зроблено знімок, вилучаються.
profile-picture-submit = Використати це зображення
profile-picture-delete = Прибрати світлину
picture-missing = Виберіть файл.
picture-too-large = Файл більший за 5 МБ.
picture-unknown = Це не зображення PNG, JPEG або WebP.
picture-unreadable = Зображення не вдалося прочитати, або його сторона більша за 10 000 пікселів.
profile-details = Ще про вас
profile-details-text = Це для вас самих, і заповнювати нічого не обов’язково. На жодній сторінці цього не бачить ніхто інший, і в жодні числа воно не входить.
profile-choose = Виберіть щось одне.
profile-gender = Стать
gender-female = Жіноча
gender-male = Чоловіча
gender-non_binary = Небінарна
gender-other = Інша
gender-prefer_not_to_say = Не хочу вказувати
profile-profession = Вид роботи
profession-management = Управління
profession-engineering = Інженерія
profession-information_technology = Інформаційні технології
profession-research = Дослідження
profession-sales = Продажі
profession-customer_service = Робота з клієнтами
profession-marketing = Маркетинг
profession-finance = Фінанси
profession-human_resources = Робота з персоналом
profession-administration = Адміністрування
profession-production = Виробництво
profession-logistics = Логістика
profession-health_care = Охорона здоров’я
profession-education = Освіта
profession-other = Інше
profession-prefer_not_to_say = Не хочу вказувати
profile-interests = Зацікавлення
profile-interests-hint = До дванадцяти, через кому: що ви любите робити, коли робота позаду.
profile-interests-too-many = { $count ->
    [one] Не більше ніж { $count } зацікавлення.
    [few] Не більше ніж { $count } зацікавлення.
    [many] Не більше ніж { $count } зацікавлень.
   *[other] Не більше ніж { $count } зацікавлення.
}
profile-interest-too-long = { $count ->
    [one] В одному зацікавленні може бути не більше ніж { $count } символ.
    [few] В одному зацікавленні може бути не більше ніж { $count } символи.
    [many] В одному зацікавленні може бути не більше ніж { $count } символів.
   *[other] В одному зацікавленні може бути не більше ніж { $count } символу.
}
profile-contact-too-long = { $count ->
    [one] Не більше ніж { $count } символ.
    [few] Не більше ніж { $count } символи.
    [many] Не більше ніж { $count } символів.
   *[other] Не більше ніж { $count } символу.
}
profile-phone = Телефон
profile-messenger = Месенджер
profile-website = Сайт
profile-emergency-name = Кому телефонувати в екстреному разі
profile-emergency-phone = Телефон цієї людини
profile-clear = Забути все це разом зі світлиною
profile-clear-note = Відомості й світлину буде видалено одразу, повернути їх не можна.
profile-clear-yes = Так, забути
flash-profile-cleared = Забуто.
