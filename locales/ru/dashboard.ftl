# Today: where I stand, the pulse.

dashboard-greeting = Здравствуйте, { $name }!
dashboard-campaign = Сейчас идёт: { $name }
dashboard-campaign-until = Можно пройти до { $date }
dashboard-draft = Вы остановились на полпути
dashboard-draft-saved = Ответы сохранены { $time }.
dashboard-draft-resume = Продолжить
dashboard-standing = Как вы сейчас
dashboard-last-result = Результат от { $date }
dashboard-level = Общий уровень
dashboard-chart-caption = В процентах от диапазона каждого показателя; чем выше, тем больше напряжение.
dashboard-empty-title = Здесь пока пусто
dashboard-empty = Опросник займёт несколько минут. После него здесь будет видно, как вы и что помогает.
dashboard-next = Что может помочь дальше
dashboard-all-recs = { $count ->
    [1] Ваш совет
    [one] Посмотреть { $count } совет
    [few] Посмотреть все { $count } совета
    [many] Посмотреть все { $count } советов
   *[other] Посмотреть все { $count } совета
}
dashboard-days = Дней в Hearth
dashboard-completed = Выполнено советов

pulse-title = Пульс сегодня
pulse-burnout = Выгорание
pulse-stress = Стресс
pulse-productivity = Продуктивность
pulse-low-burnout = 0 — совсем нет
pulse-high-burnout = 100 — полное
pulse-low-stress = 0 — спокойно
pulse-high-stress = 100 — трудно вынести
pulse-low-productivity = 0 — ничего не клеится
pulse-high-productivity = 100 — всё спорится
pulse-save = Сохранить пульс
pulse-change = Изменить сегодняшний пульс
pulse-note = Его видите только вы. Один на день: новый заменит прежний.
pulse-out-of-range = Введите, пожалуйста, целое число от 0 до 100.
flash-pulse-saved = Сегодняшний пульс сохранён.
chart-pulse-label = Ваш пульс за последние дни, от 0 до 100
