# What helps: the list and its codes.

recs-title = Что помогает
recs-lead = Впереди: { $open }. Сделано: { $completed }.
recs-by-category = По категориям
recs-all = Все
recs-open = Впереди
recs-completed = Сделано
recs-empty = Советы появятся после первого опросника и будут подходить к вашим ответам.
recs-all-done = В вашем списке всё сделано. Новые советы появятся после следующего опросника.
recs-none-in-category = В этой категории сейчас пусто.
rec-done = Отметить сделанным
rec-undo = Всё-таки не сделано
rec-source = Источник:
flash-recommendation-done = Отмечено: сделано.
flash-recommendation-reopened = Снова в вашем списке.

category-rest = Отдых
category-body = Тело
category-boundaries = Границы
category-workload = Нагрузка
category-connection = Люди рядом
category-meaning = Смысл
category-professional_help = Помощь специалиста

kind-exercise = Упражнение
kind-habit = Привычка
kind-conversation = Разговор
kind-article = Статья
kind-book = Книга
kind-professional_help = Помощь специалиста

priority-high = В первую очередь
priority-medium = Вскоре
priority-low = Когда захочется
