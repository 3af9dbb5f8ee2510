# Today: where I stand, the pulse.

dashboard-greeting = Вітаємо! Ви ввійшли як { $name }
dashboard-campaign = Зараз триває: { $name }
dashboard-campaign-until = Можна заповнити до { $date }
dashboard-draft = Ви зупинилися на півдорозі
dashboard-draft-saved = Відповіді збережено { $time }.
dashboard-draft-resume = Продовжити
dashboard-standing = Як ви зараз
dashboard-last-result = Результат від { $date }
dashboard-level = Загальний рівень
dashboard-chart-caption = У відсотках від діапазону кожного показника; що вище, то більша напруга.
dashboard-empty-title = Тут поки що порожньо
dashboard-empty = Опитувальник забере кілька хвилин. Після нього тут буде видно, як ви й що допомагає.
dashboard-next = Що може допомогти далі
dashboard-all-recs = { $count ->
    [1] Ваша порада
    [one] Переглянути { $count } пораду
    [few] Переглянути всі { $count } поради
    [many] Переглянути всі { $count } порад
   *[other] Переглянути всі { $count } поради
}
dashboard-days = Днів у Hearth
dashboard-completed = Виконано порад

pulse-title = Пульс сьогодні
pulse-burnout = Вигорання
pulse-stress = Стрес
pulse-productivity = Продуктивність
pulse-low-burnout = 0 — зовсім немає
pulse-high-burnout = 100 — повне
pulse-low-stress = 0 — спокійно
pulse-high-stress = 100 — важко витримати
pulse-low-productivity = 0 — нічого не клеїться
pulse-high-productivity = 100 — усе вдається
pulse-save = Зберегти пульс
pulse-change = Змінити сьогоднішній пульс
pulse-note = Його бачите тільки ви. Один на день: новий замінить попередній.
pulse-out-of-range = Введіть, будь ласка, ціле число від 0 до 100.
flash-pulse-saved = Сьогоднішній пульс збережено.
chart-pulse-label = Ваш пульс за останні дні, від 0 до 100
