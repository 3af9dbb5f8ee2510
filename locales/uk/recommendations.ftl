# What helps: the list and its codes.

recs-title = Що допомагає
recs-lead = Попереду: { $open }. Зроблено: { $completed }.
recs-by-category = За категоріями
recs-all = Усі
recs-open = Попереду
recs-completed = Зроблено
recs-empty = Поради з’являться після першого опитувальника й пасуватимуть до ваших відповідей.
recs-all-done = У вашому списку все зроблено. Нові поради з’являться після наступного опитувальника.
recs-none-in-category = У цій категорії зараз порожньо.
rec-done = Позначити зробленим
rec-undo = Усе ж не зроблено
rec-source = Джерело:
flash-recommendation-done = Позначено: зроблено.
flash-recommendation-reopened = Знову у вашому списку.

category-rest = Відпочинок
category-body = Тіло
category-boundaries = Межі
category-workload = Навантаження
category-connection = Люди поруч
category-meaning = Сенс
category-professional_help = Допомога фахівця

kind-exercise = Вправа
kind-habit = Звичка
kind-conversation = Розмова
kind-article = Стаття
kind-book = Книжка
kind-professional_help = Допомога фахівця

priority-high = Насамперед
priority-medium = Незабаром
priority-low = Коли захочеться
