# The tree of departments.

nav-departments = Відділи
departments-title = Відділи
departments-lead = Відділів: { $departments }. Людей у них: { $people }.
departments-none = Відділів поки немає. Додайте спершу найбільші, а потім команди всередині них.
departments-none-of-yours = HR ще не закріпив за вами відділ. Щойно це станеться, ви побачите його тут.
departments-table = Відділи та люди в них
departments-path = Де розташований цей відділ
departments-name = Відділ
departments-own = Безпосередньо
departments-total = Усього
departments-numbers = Показники
departments-action = Дія
departments-shown = може мати власні показники
departments-small = видно лише в межах більшого відділу
departments-small-top = видно лише в загальних показниках компанії
departments-small-lead = Показники: відділ { $shown }.
departments-edit = Змінити
departments-under = Що входить до відділу
departments-new = Новий відділ
departments-new-under = Додати відділ усередині цього
departments-add = Додати
departments-parent = Входить до
departments-parent-hint = Усе, що входить до відділу, переміститься разом з ним.
departments-company = Безпосередньо до компанії
departments-change-note = Опубліковані показники залишаться незмінними: вони зберігають структуру того дня.
departments-delete = Видалити відділ
departments-delete-note = У відділі нікого немає. В опублікованих показниках його назва збережеться. Опитування за ще не закритий період буде враховано у вищому відділі.
departments-in-use = У цьому відділі є люди або інші відділи. Спершу перемістіть їх, а тоді його можна буде видалити.
departments-name-taken = На цьому рівні вже є відділ із такою назвою.
departments-name-long = Задовго: щонайбільше 200 символів.
departments-name-separator = У назві не може бути знака «{ $separator }» між пробілами: він розділяє назви у шляху.
departments-no-parent = Такого відділу більше немає. Будь ласка, виберіть інший.
departments-under-itself = Відділ не можна перемістити в нього самого або в одну з його власних команд.
departments-too-deep = { $levels ->
    [one] Вкладеність відділів: не більше ніж { $levels } рівень.
    [few] Вкладеність відділів: не більше ніж { $levels } рівні.
    [many] Вкладеність відділів: не більше ніж { $levels } рівнів.
   *[other] Вкладеність відділів: не більше ніж { $levels } рівня.
}
flash-department-created = Відділ додано.
flash-department-changed = Відділ змінено.
flash-department-deleted = Відділ видалено.
