# People's roles, and what roles may do.

nav-admin-users = Люди и роли
nav-admin-roles = Роли
nav-admin-audit = Журнал действий

role-employee = Сотрудник
role-manager = Руководитель
role-hr = HR
role-admin = Администратор

permission-view_team_insights = Показатели своего отдела
permission-view_company_insights = Показатели компании
permission-manage_campaigns = Кампании
permission-manage_employees = Сотрудники и отделы
permission-manage_content = Опросники и библиотека
permission-answer_support = Просьбы о поддержке
permission-manage_roles = Роли
permission-view_audit = Журнал действий
permission-opens-view_team_insights = Опубликованные показатели своего отдела и всех, кто в него входит. Не другие отделы и не чьи-либо ответы или результат.
permission-opens-view_company_insights = Опубликованные показатели всей компании и их выгрузка. Не чьи-либо ответы или результат и не показатели слишком маленьких групп.
permission-opens-manage_campaigns = Готовить, открывать и закрывать кампании, рассылать напоминания. Не видно, кто ответил и что именно.
permission-opens-manage_employees = Имена, адреса, должности и отделы: загрузка списка, подтверждение, перевод, архив. Ни паролей, ни результатов, ни ролей.
permission-opens-manage_content = Опросники, их лицензии и тексты библиотеки. Не ответы.
permission-opens-answer_support = Просьбы, которые люди отправили сами, с тем, что они сами приложили. Ничего из того, что не отправлено.
permission-opens-manage_roles = Имя, адрес и роли каждого; можно выдать и забрать любую роль, в том числе у себя. Ни паролей, ни сведений о здоровье.
permission-opens-view_audit = Кто и когда что сделал в администрировании и HR. Опросников, пульса и бесед здесь нет: они не записываются.

admin-users-title = Люди и роли
admin-users-lead = Кому доступно больше, чем собственный опросник. Здесь нет ничего о здоровье, и нельзя поменять чужой пароль или адрес.
admin-search = Имя или адрес
admin-role = Роль
admin-any-role = Любая роль
admin-find = Найти
admin-nobody = Никого не нашлось.
admin-name = Имя
admin-address = Эл. почта
admin-roles-held = Роли
admin-no-roles = нет
admin-roles-other = Другие роли
admin-pager-first = С начала
admin-pager-next = Дальше
admin-user-title = Роли: { $name }
admin-user-no-roles = Нет ролей, кроме роли сотрудника, которая есть у всех.
admin-user-note = Когда роль выдают или забирают, человек выходит из системы на всех устройствах и входит заново.
admin-user-self-note = Это ваши собственные роли. Когда роль выдают или забирают, вы выходите из системы на всех остальных устройствах.
admin-user-mixed = Этот человек может и управлять ролями, и выполнять работу HR. Подумайте, не разделить ли это между двумя людьми, чтобы они могли проверять друг друга.
admin-give = Выдать
admin-take = Забрать
flash-role-given = Роль выдана.
flash-role-taken = Роль снята.

admin-roles-title = Роли
admin-roles-lead = Роль — это название того, что человеку доступно. Ролей может быть несколько; для собственного опросника не нужна ни одна.
role-permissions = Что открывает
role-opens-nothing = ничего сверх собственного опросника
role-people = Люди
role-everyone = у всех
role-ships = есть в Hearth изначально
role-ships-note = Эта роль есть в Hearth изначально: её нельзя переименовать или удалить.
role-employee-note = Эта роль есть у всех. Для собственного опросника разрешения не нужны, поэтому и настраивать здесь нечего.
role-name = Название роли
role-name-hint = Так, как её называют у вас в компании, например «Профсоюз».
role-name-taken = Роль с таким названием уже есть.
role-last-admin = Должен остаться хотя бы один человек, который управляет ролями. Сначала выдайте такую роль кому-то ещё.
role-shipped = Эта роль есть в Hearth изначально, её нельзя изменить таким образом.
role-mix-hint = Управление ролями лучше держать отдельно от работы HR, чтобы никто не мог незаметно расширить себе доступ.
role-mixed = Эта роль объединяет управление ролями и работу HR. Тот, у кого она есть, может выдать себе что угодно. Подумайте о двух ролях и двух людях.
role-mixed-short = Управление ролями вместе с работой HR
role-new = Новая роль
role-create = Создать роль
role-delete = Удаление
role-delete-note = { $count ->
    [one] Эта роль есть у { $count } человека. Он сразу её потеряет и выйдет из системы.
    [few] Эта роль есть у { $count } человек. Они сразу её потеряют и выйдут из системы.
    [many] Эта роль есть у { $count } человек. Они сразу её потеряют и выйдут из системы.
   *[other] Эта роль есть у { $count } человека. Они сразу её потеряют и выйдут из системы.
}
role-delete-submit = Удалить роль
flash-role-created = Роль создана.
flash-role-changed = Роль изменена.
flash-role-deleted = Роль удалена.

admin-sign-out-title = Устройства, на которых выполнен вход
admin-sign-out-text = Завершает все входы этого человека, в браузерах и программах, например если устройство потеряно. С паролем можно войти снова.
admin-sign-out-submit = Завершить все входы
admin-everyone-out-title = Завершить все входы
admin-everyone-out-text = Завершает входы всех, кроме вашего на этом устройстве.
flash-person-signed-out = Все входы этого человека завершены.
flash-everyone-signed-out = Входы всех остальных завершены.
