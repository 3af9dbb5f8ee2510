# People's roles, and what roles may do.

nav-admin-users = Люди й ролі
nav-admin-roles = Ролі
nav-admin-audit = Журнал дій

role-employee = Працівник
role-manager = Керівник
role-hr = HR
role-admin = Адміністратор

permission-view_team_insights = Показники свого відділу
permission-view_company_insights = Показники компанії
permission-manage_campaigns = Кампанії
permission-manage_employees = Працівники й відділи
permission-manage_content = Опитувальники й бібліотека
permission-answer_support = Прохання про підтримку
permission-manage_roles = Ролі
permission-view_audit = Журнал дій
permission-opens-view_team_insights = Оприлюднені показники свого відділу та всього, що до нього входить. Не інші відділи й не чиїсь відповіді чи результат.
permission-opens-view_company_insights = Оприлюднені показники всієї компанії та їх вивантаження. Не чиїсь відповіді чи результат і не показники замалих груп.
permission-opens-manage_campaigns = Готувати, відкривати й закривати кампанії, надсилати нагадування. Не видно, хто відповів і що саме.
permission-opens-manage_employees = Імена, адреси, посади й відділи: завантаження списку, підтвердження, переведення, архів. Ні паролів, ні результатів, ні ролей.
permission-opens-manage_content = Опитувальники, їхні ліцензії та тексти бібліотеки. Не відповіді.
permission-opens-answer_support = Прохання, які люди надіслали самі, з тим, що вони самі додали. Нічого з того, чого не надіслано.
permission-opens-manage_roles = Ім’я, адреса й ролі кожного; можна надати й забрати будь-яку роль, зокрема свою. Ні паролів, ні відомостей про здоров’я.
permission-opens-view_audit = Хто й коли що зробив в адмініструванні та HR. Опитувальників, пульсу й розмов тут немає: їх не записують.

admin-users-title = Люди й ролі
admin-users-lead = Кому доступно більше, ніж власний опитувальник. Тут немає нічого про здоров’я, і не можна змінити чужий пароль чи адресу.
admin-search = Ім’я або адреса
admin-role = Роль
admin-any-role = Будь-яка роль
admin-find = Знайти
admin-nobody = Нікого не знайдено.
admin-name = Ім’я
admin-address = Ел. пошта
admin-roles-held = Ролі
admin-no-roles = немає
admin-roles-other = Інші ролі
admin-pager-first = Від початку
admin-pager-next = Далі
admin-user-title = Ролі: { $name }
admin-user-no-roles = Немає ролей, крім ролі працівника, яку мають усі.
admin-user-note = Коли роль надають або забирають, людина виходить із системи на всіх пристроях і входить знову.
admin-user-self-note = Це ваші власні ролі. Коли роль надають або забирають, ви виходите із системи на всіх інших пристроях.
admin-user-mixed = Ця людина може і керувати ролями, і виконувати роботу HR. Подумайте, чи не розділити це між двома людьми, щоб вони могли перевіряти одне одного.
admin-give = Надати
admin-take = Забрати
flash-role-given = Роль надано.
flash-role-taken = Роль знято.

admin-roles-title = Ролі
admin-roles-lead = Роль — це назва того, що людині доступно. Ролей може бути кілька; для власного опитувальника не потрібна жодна.
role-permissions = Що відкриває
role-opens-nothing = нічого понад власний опитувальник
role-people = Люди
role-everyone = в усіх
role-ships = є в Hearth від початку
role-ships-note = Ця роль є в Hearth від початку: її не можна перейменувати чи видалити.
role-employee-note = Цю роль мають усі. Для власного опитувальника дозволи не потрібні, тож і налаштовувати тут нічого.
role-name = Назва ролі
role-name-hint = Так, як її називають у вашій компанії, наприклад «Профспілка».
role-name-taken = Роль із такою назвою вже є.
role-last-admin = Має лишитися принаймні одна людина, яка керує ролями. Спершу надайте таку роль комусь іще.
role-shipped = Ця роль є в Hearth від початку, її не можна змінити в такий спосіб.
role-mix-hint = Керування ролями краще тримати окремо від роботи HR, щоб ніхто не міг непомітно розширити собі доступ.
role-mixed = Ця роль поєднує керування ролями й роботу HR. Той, хто її має, може надати собі будь-що. Подумайте про дві ролі й двох людей.
role-mixed-short = Керування ролями разом із роботою HR
role-new = Нова роль
role-create = Створити роль
role-delete = Видалення
role-delete-note = { $count ->
    [one] Цю роль має { $count } людина. Вона одразу її втратить і вийде із системи.
    [few] Цю роль мають { $count } людини. Вони одразу її втратять і вийдуть із системи.
    [many] Цю роль мають { $count } людей. Вони одразу її втратять і вийдуть із системи.
   *[other] Цю роль мають { $count } людини. Вони одразу її втратять і вийдуть із системи.
}
role-delete-submit = Видалити роль
flash-role-created = Роль створено.
flash-role-changed = Роль змінено.
flash-role-deleted = Роль видалено.

admin-sign-out-title = Пристрої, на яких виконано вхід
admin-sign-out-text = Завершує всі входи цієї людини, у браузерах і програмах, наприклад якщо пристрій загублено. З паролем можна ввійти знову.
admin-sign-out-submit = Завершити всі входи
admin-everyone-out-title = Завершити всі входи
admin-everyone-out-text = Завершує входи всіх, крім вашого на цьому пристрої.
flash-person-signed-out = Усі входи цієї людини завершено.
flash-everyone-signed-out = Входи всіх інших завершено.
