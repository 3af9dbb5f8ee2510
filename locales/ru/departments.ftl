# The tree of departments.

nav-departments = Отделы
departments-title = Отделы
departments-lead = Отделов: { $departments }. Людей в них: { $people }.
departments-none = Отделов пока нет. Добавьте сначала самые крупные, а потом команды внутри них.
departments-none-of-yours = HR ещё не закрепил за вами отдел. Как только это произойдёт, вы увидите его здесь.
departments-table = Отделы и люди в них
departments-path = Где находится этот отдел
departments-name = Отдел
departments-own = Напрямую
departments-total = Всего
departments-numbers = Показатели
departments-action = Действие
departments-shown = может иметь собственные показатели
departments-small = виден только внутри более крупного отдела
departments-small-top = виден только в общих показателях компании
departments-small-lead = Показатели: отдел { $shown }.
departments-edit = Изменить
departments-under = Что входит в отдел
departments-new = Новый отдел
departments-new-under = Добавить отдел внутри этого
departments-add = Добавить
departments-parent = Входит в
departments-parent-hint = Всё, что входит в отдел, переместится вместе с ним.
departments-company = Напрямую в компанию
departments-change-note = Опубликованные показатели останутся прежними: они хранят структуру того дня.
departments-delete = Удалить отдел
departments-delete-note = В отделе никого нет. В опубликованных показателях его название сохранится. Опросы за ещё не закрытый период будут учтены в вышестоящем отделе.
departments-in-use = В этом отделе есть люди или другие отделы. Сначала переместите их, после этого его можно будет удалить.
departments-name-taken = На этом уровне уже есть отдел с таким названием.
departments-name-long = Слишком длинно: не больше 200 символов.
departments-name-separator = В названии не может быть знака «{ $separator }» между пробелами: он разделяет названия в пути.
departments-no-parent = Такого отдела больше нет. Пожалуйста, выберите другой.
departments-under-itself = Отдел нельзя переместить в него самого или в одну из его собственных команд.
departments-too-deep = { $levels ->
    [one] Вложенность отделов: не больше { $levels } уровня.
    [few] Вложенность отделов: не больше { $levels } уровней.
    [many] Вложенность отделов: не больше { $levels } уровней.
   *[other] Вложенность отделов: не больше { $levels } уровня.
}
flash-department-created = Отдел добавлен.
flash-department-changed = Отдел изменён.
flash-department-deleted = Отдел удалён.
