# HR: the list of employees.

nav-employees = Працівники

employees-title = Працівники
employees-lead = Хто тут працює і хто може ввійти. На цих сторінках не видно, як хто почувається і чи проходив опитувальник.
employees-add = Додати працівника
employees-add-submit = Додати
employees-search = Ім’я або адреса
employees-state = Стан
employees-any-state = Будь-який
employees-everywhere = Уся компанія
employees-show = Показати
employees-everyone = Показати всіх
employees-none = Нікого не знайдено.
employees-first-page = Від початку
employees-next-page = Далі
employees-joined = Тут із
employees-claimed = зі слів працівника, не підтверджено
employees-claim = Відділ зі слів працівника
employees-no-department = Немає
employees-department-gone = Цього відділу більше немає. Виберіть інший.
employees-waiting-count = { $count ->
    [one] { $count } людина зареєструвалася і чекає на ваше підтвердження.
    [few] { $count } людини зареєструвалися і чекають на ваше підтвердження.
    [many] { $count } людей зареєструвалися і чекають на ваше підтвердження.
   *[other] { $count } людини зареєструвалися і чекають на ваше підтвердження.
}
employees-no-health = Тут нічого не видно про опитувальники цієї людини, навіть чи вона їх проходила.
employees-manager = Керівник
employees-manager-email = Адреса пошти керівника
employees-manager-hint = Лише для довідки: жодних прав керівникові це не дає.
employees-manager-unknown = Такої адреси тут ні в кого немає.
employees-manager-cycle = Вийшло б, що людина підпорядкована сама собі, прямо або через інших.
employees-email-taken = Ця адреса тут уже в когось є.
employees-address-unverified = Адресу не підтверджено

employee-state-active = Користується Hearth
employee-state-waiting = Чекає на підтвердження
employee-state-invited = Ще не входив

employees-confirm-title = Підтвердження
employees-confirm-text = Доки ви не підтвердите цю людину, вона не враховується в жодних показниках. Виберіть відділ, у якому вона справді працює: сама вона могла помилитися.
employees-confirm-unverified = Поки не підтверджено, що адреса належить цій людині. Зареєструватися можна з будь-якою адресою, тож за цим іменем може бути хтось інший. Попросіть перейти за посиланням із листа; ще одне можна надіслати зі сторінки профілю. Після цього ви зможете підтвердити працівника.
employees-address-unverified-error = Підтвердити цю людину поки не можна: адресу не підтверджено. Спершу треба перейти за посиланням із листа.
employees-confirm-submit = Підтвердити
employees-transfer-title = Посада, відділ, керівник
employees-transfer-text = Минулі показники залишаться там, де їх ураховано; новий відділ ураховується з наступного опитувальника.
employees-invitation-title = Запрошення
employees-invitation-text = Лист із посиланням, за яким можна вибрати пароль. Посилання спрацює один раз і діє сім днів.
employees-invite-submit = Надіслати запрошення
employees-invite-now = Одразу надіслати запрошення з посиланням, за яким можна вибрати пароль (діє сім днів)
employees-invited-on = Останнє запрошення

import-title = Імпорт працівників
import-lead = Таблиця людей у файлі CSV або XLSX. Спершу ви побачите, що станеться; до підтвердження нічого не зміниться.
import-columns = Один рядок називає стовпці, у будь-якому порядку, українською, російською чи англійською; над ним може стояти заголовок таблиці:
import-column-email = email (пошта): адреса, з якою людина входить. Потрібна в кожному рядку.
import-column-name = name (ПІБ): потрібне для нових людей
import-column-position = position (посада)
import-column-department = department (відділ): назви згори донизу, наприклад «Продажі / Північ»; відділи, яких бракує, буде створено
import-column-manager = manager_email (керівник): адреса когось із файлу чи зі списку; жодних прав це не дає
import-rules = Якщо адреса вже є у списку, дані оновляться. Порожня клітинка нічого не змінює. Файл імпортується цілком або не імпортується зовсім.
import-file = Файл
import-file-hint = CSV або XLSX, щонайбільше 5 МБ. CSV у будь-якому звичному кодуванні, роздільник: кома, крапка з комою, табуляція або |; як файл прочитано, покаже наступна сторінка.
import-invite = Після імпорту надіслати запрошення всім із файлу, хто ще не може ввійти й кого жодного разу не запрошували
import-look = Подивитися, що станеться
import-file-missing = Виберіть файл.
import-file-too-large = Файл більший за 5 МБ. Розділіть його й імпортуйте частини по черзі.
import-file-empty = У файлі немає людей. Один рядок називає стовпці, у кожному наступному одна людина.
import-file-no-address = Немає стовпця email (пошта).
import-file-column-twice = Два стовпці означають те саме, наприклад email і «пошта».
import-nothing-yet = Поки нічого не змінено. Ось що зробить імпорт:
import-problems = { $count ->
    [one] У файлі { $count } помилка, тому імпорт неможливий. Виправте файл і завантажте його знову.
    [few] У файлі { $count } помилки, тому імпорт неможливий. Виправте файл і завантажте його знову.
    [many] У файлі { $count } помилок, тому імпорт неможливий. Виправте файл і завантажте його знову.
   *[other] У файлі { $count } помилки, тому імпорт неможливий. Виправте файл і завантажте його знову.
}
import-more-problems = { $count ->
    [one] І ще { $count }.
    [few] І ще { $count }.
    [many] І ще { $count }.
   *[other] І ще { $count }.
}
import-line = Рядок { $line }:
import-wrong-no-address = Не вказано адресу пошти. Додайте її або приберіть цю людину з файлу.
import-wrong-bad-address = Адресу пошти записано неправильно. Вона має виглядати як name@company.com.
import-wrong-address-twice = Ця адреса вже є в одному з рядків вище. Залиште один із них.
import-wrong-no-name = Не вказано ім’я. Новій людині воно потрібне.
import-wrong-too-long = Ім’я або посада довші за 255 символів. Скоротіть; можливо, не закрито лапки.
import-wrong-too-many-cells = Клітинок більше, ніж стовпців. Текст, у якому є роздільник, візьміть у лапки.
import-wrong-bad-department = Відділ прочитати не вдалося. Запишіть назви згори донизу, наприклад «Продажі / Північ»: без порожніх, не довші за 200 символів, щонайбільше десять рівнів.
import-wrong-too-many-departments = Із файлу вийшло б понад тисячу відділів. Чи той стовпець названо відділом?
import-wrong-bad-manager = Адресу керівника записано неправильно. Вона має виглядати як name@company.com.
import-wrong-unknown-manager = Адреси керівника немає ні у списку, ні у файлі. Додайте керівника або залиште клітинку порожньою.
import-wrong-own-manager = Людина стала б керівником самій собі. Виправте адресу або залиште клітинку порожньою.
import-wrong-manager-cycle = Через інших людина стала б підпорядковуватися сама собі. Виправте керівників.
import-outcome-new = Нові
import-outcome-changed = Зміняться
import-outcome-unchanged = Без змін
import-outcome-waits = Не чіпаємо: зареєструвалися самі, адресу не підтверджено
import-departments-new = Нові відділи
import-departments-made = Нові відділи
import-invited = Запрошення надсилаються
import-will-invite = Усі з файлу, хто ще не може ввійти й кого жодного разу не запрошували, отримають запрошення.
import-will-not-invite = Запрошення не надсилатимуться.
import-confirm = Імпортувати
import-other-file = Вибрати інший файл
import-rows = Що станеться, рядок за рядком
import-row = Рядок
import-what = Що станеться
import-next-rows = Наступні рядки
import-previous-rows = Попередні рядки
import-running = Триває імпорт: { $percent } %.
import-progress = Перебіг імпорту
import-running-note = Сторінка оновлюється сама. Її можна закрити: імпорт триватиме.
import-interrupted = Імпорт перервався, нічого не змінилося. Його можна запустити ще раз.
import-again = Запустити ще раз
import-failed = Імпорт не вдався, нічого не змінилося. Нижче видно, який файл має вигляд тепер; спробуйте ще раз.
import-done = Усе імпортовано.
import-column-language = language (мова): { language-codes }, для тих, хто ще не вибрав мови
import-template = Порожній список для заповнення:
import-file-not-text = Це не текстова таблиця й не книга Excel. В Excel виберіть «Зберегти як», тоді «Книга Excel (.xlsx)» або «CSV UTF-8».
import-file-old-workbook = Цю книгу збережено у форматі до 2007 року або закрито паролем. В Excel виберіть «Зберегти як», «Книга Excel (.xlsx)», без пароля.
import-file-bad-workbook = Книгу пошкоджено, прочитати її не можна. Відкрийте її в Excel і збережіть наново.
import-file-unpacks-too-large = У розпакованому вигляді книга завелика. Скопіюйте до нової книги лише список людей.
import-file-too-many-rows = У файлі понад 100 000 людей. Розділіть його й імпортуйте частини по черзі.
import-choose-title = Укажіть, що в стовпцях
import-choose-text = Виберіть нижче, що містить кожен стовпець; тоді ви побачите, що станеться.
import-warnings = Перевірте ще раз
import-doubt-mixed-name = в одному слові схожі літери різних абеток, наприклад латинська «a» в українському слові. Буде імпортовано як є.
import-doubt-mixed-department = в одному слові схожі літери різних абеток. Буде створено новий відділ із такою назвою.
import-doubt-looks-like-department = виглядає як інший відділ, але літери інші. Буде створено другий відділ; якщо це той самий, виправте файл.
import-read-as = Як прочитано файл
import-encoding = Кодування
import-encoding-hint = Якщо літери виглядають неправильно, виберіть інше.
import-separator = Роздільник
import-separator-comma = кома
import-separator-semicolon = крапка з комою
import-separator-tab = табуляція
import-separator-bar = вертикальна риска
import-sheet-read = Аркуш
import-sheets-unread = Непрочитані аркуші
import-heading-line = Рядок із назвами стовпців
import-columns-found = Знайдені стовпці та що в них
import-columns-choose = У якому стовпці ім’я, невідомо. Виберіть його, якщо він є.
import-column-unnamed = Стовпець { $number }, без назви
import-column-unused = не використовується
import-read-again = Прочитати так
import-holds-email = Адреса пошти
import-holds-name = Ім’я
import-holds-position = Посада
import-holds-department = Відділ
import-holds-manager_email = Адреса пошти керівника
import-holds-language = Мова
import-heading-email = Пошта
import-heading-name = ПІБ
import-heading-position = Посада
import-heading-department = Відділ
import-heading-manager_email = Пошта керівника
import-heading-language = Мова
import-sheet = Працівники
import-wrong-unclosed-quote = Тут лапки відкрито й ніде не закрито, тож усе після них пропало б. Закрийте або приберіть їх.
import-wrong-stray-quote = Усередині клітинки стоять лапки. Візьміть у лапки всю клітинку, а внутрішні подвойте, або приберіть їх.
import-wrong-swallowed-lines = Кілька рядків злилися в одну клітинку, яка починається тут. Імовірно, не закрито лапки.
import-wrong-too-few-cells = Клітинок менше, ніж стовпців; можливо, пропущено роздільник. Ставте всі роздільники, зокрема для порожніх клітинок.
import-wrong-broken-sign = Одну літеру прочитати не можна (�). Виправте її або збережіть файл як «CSV UTF-8».
import-wrong-cell-error = У клітинці помилка формули, наприклад #REF!.
import-wrong-address-inside = Адреса пошти стоїть усередині іншої клітинки. Можливо, злилися дві клітинки або рядки.
import-wrong-foreign-letters = В адресі пошти перед @ є нелатинські літери, можливо, лише схожі на латинські. Наберіть адресу наново латиницею.
import-wrong-mixed-address = В адресі пошти змішано схожі літери різних абеток. Наберіть її наново.
import-wrong-bad-language = Мову не розпізнано. Напишіть { language-codes }.

archive-title = Звільнення
archive-link-text = Коли людина йде з компанії, перенесіть її до архіву. Спершу ви побачите, що збережеться, а що буде видалено.
archive-link = До архіву…
archive-deleted = Що буде видалено назавжди
archive-deleted-access = Акаунт: на всіх пристроях відбудеться вихід, увійти більше не можна
archive-deleted-answers = Усі опитувальники з відповідями й результатами, чернетки та щоденні позначки
archive-deleted-rest = Рекомендації, згоди, ролі, чинні запрошення й посилання, прохання про підтримку
archive-kept = Що збережеться
archive-kept-row = Ім’я, адреса, посада, відділ, день приходу, скільки часу людина тут провела і скільки рекомендацій виконала
archive-kept-count = Результат, який ураховується в ще відкритому періоді, без імені, відповідей і часу. Коли період буде опубліковано, зникне й він.
archive-kept-published = Уже опубліковані показники: за ними нікого не впізнати
archive-restore-note = Згодом акаунт можна повернути, але не його історію.
archive-submit = Перенести до архіву
archive-cancel = Скасувати
archive-oneself = Себе перенести до архіву не можна. Це має зробити хтось інший із відділу кадрів.
archive-last-admin = Це остання людина, яка може надавати ролі. Спершу надайте роль адміністратора комусь іще.
archive-email-taken = Цей акаунт повернути не можна: його адреса тут уже в когось іншого.
archived-title = Архів
archived-lead = Люди, які пішли. Акаунт можна повернути; його історію видалено назавжди.
archived-none = Поки ніхто не пішов.
archived-on = В архіві з
archived-action = Дія
archived-restore = Повернути
archived-restore-name = Повернути: { $name }
flash-employee-archived = Працівника перенесено до архіву.
flash-employee-erased = Обліковий запис видалено назавжди: людина сама про це просила.
flash-employee-restored = Акаунт повернуто, без історії. Якщо є адреса, на неї піде запрошення.

flash-employee-added = Працівника додано.
flash-employee-confirmed = Працівника підтверджено.
flash-employee-invited = Запрошення надіслано. Якщо воно вже йшло щойно, другого листа не буде.

mail-invitation-subject = Запрошення до Hearth
mail-invitation-body =
    Вітаємо!

    У вашій компанії є Hearth: опитувальник, який допомагає вчасно помітити вигорання. Для вас створено акаунт. За цим посиланням можна вибрати пароль; воно спрацює один раз і діє сім днів:

    { $url }

    Ваші відповіді в Hearth належать лише вам: ніхто в компанії їх не побачить.
