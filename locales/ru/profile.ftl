# Профиль: фотография и то, что человек говорит о себе.

profile-picture = Фотография
profile-picture-alt = Ваша фотография
profile-picture-file = Выберите изображение
profile-picture-hint = PNG, JPEG или WebP, до 5 МБ. Сохраняется середина в виде небольшого квадрата; сведения о том, где и когда сделан снимок, удаляются.
profile-picture-submit = Использовать это изображение
profile-picture-delete = Убрать фотографию
picture-missing = Выберите файл.
picture-too-large = Файл больше 5 МБ.
picture-unknown = Это не изображение PNG, JPEG или WebP.
picture-unreadable = Изображение не удалось прочитать, или его сторона больше 10 000 пикселей.
profile-details = Ещё о вас
profile-details-text = Это для вас самих, и заполнять ничего не обязательно. Ни на одной странице этого не видит никто другой, и ни в какие числа это не входит.
profile-choose = Выберите что-нибудь одно.
profile-gender = Пол
gender-female = Женский
gender-male = Мужской
gender-non_binary = Небинарный
gender-other = Другой
gender-prefer_not_to_say = Не хочу указывать
profile-profession = Вид работы
profession-management = Управление
profession-engineering = Инженерное дело
profession-information_technology = Информационные технологии
profession-research = Исследования
profession-sales = Продажи
profession-customer_service = Работа с клиентами
profession-marketing = Маркетинг
profession-finance = Финансы
profession-human_resources = Работа с персоналом
profession-administration = Администрирование
profession-production = Производство
profession-logistics = Логистика
profession-health_care = Здравоохранение
profession-education = Образование
profession-other = Другое
profession-prefer_not_to_say = Не хочу указывать
profile-interests = Интересы
profile-interests-hint = До двенадцати, через запятую: чем вы любите заниматься, когда работа позади.
profile-interests-too-many = { $count ->
    [one] Не больше { $count } интереса.
    [few] Не больше { $count } интересов.
    [many] Не больше { $count } интересов.
   *[other] Не больше { $count } интереса.
}
profile-interest-too-long = { $count ->
    [one] В одном интересе может быть не больше { $count } символа.
    [few] В одном интересе может быть не больше { $count } символов.
    [many] В одном интересе может быть не больше { $count } символов.
   *[other] В одном интересе может быть не больше { $count } символа.
}
profile-contact-too-long = { $count ->
    [one] Не больше { $count } символа.
    [few] Не больше { $count } символов.
    [many] Не больше { $count } символов.
   *[other] Не больше { $count } символа.
}
profile-phone = Телефон
profile-messenger = Мессенджер
profile-website = Сайт
profile-emergency-name = Кому позвонить в экстренном случае
profile-emergency-phone = Телефон этого человека
profile-clear = Забыть всё это вместе с фотографией
profile-clear-note = Сведения и фотография удаляются сразу, вернуть их нельзя.
profile-clear-yes = Да, забыть
flash-profile-cleared = Забыто.
