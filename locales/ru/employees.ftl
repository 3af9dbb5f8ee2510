# HR: the list of employees.

nav-employees = Сотрудники

employees-title = Сотрудники
employees-lead = Кто здесь работает и кто может войти. На этих страницах не видно, как кто себя чувствует и проходил ли опросник.
employees-add = Добавить сотрудника
employees-add-submit = Добавить
employees-search = Имя или адрес
employees-state = Состояние
employees-any-state = Любое
employees-everywhere = Вся компания
employees-show = Показать
employees-everyone = Показать всех
employees-none = Никого не нашлось.
employees-first-page = С начала
employees-next-page = Дальше
employees-joined = Здесь с
employees-claimed = со слов сотрудника, не подтверждено
employees-claim = Отдел со слов сотрудника
employees-no-department = Нет
employees-department-gone = Этого отдела больше нет. Выберите другой.
employees-waiting-count = { $count ->
    [one] { $count } человек зарегистрировался и ждёт вашего подтверждения.
    [few] { $count } человека зарегистрировались и ждут вашего подтверждения.
    [many] { $count } человек зарегистрировались и ждут вашего подтверждения.
   *[other] { $count } человека зарегистрировались и ждут вашего подтверждения.
}
employees-no-health = Здесь ничего не видно об опросниках этого человека, даже проходил ли он их.
employees-manager = Руководитель
employees-manager-email = Адрес почты руководителя
employees-manager-hint = Только для справки: никаких прав руководителю это не даёт.
employees-manager-unknown = Такого адреса здесь ни у кого нет.
employees-manager-cycle = Получилось бы, что человек подчиняется сам себе, напрямую или через других.
employees-email-taken = Этот адрес здесь у кого-то уже есть.
employees-address-unverified = Адрес не подтверждён

employee-state-active = Работает с Hearth
employee-state-waiting = Ждёт подтверждения
employee-state-invited = Ещё не входил

employees-confirm-title = Подтверждение
employees-confirm-text = Пока вы не подтвердите этого человека, он не учитывается ни в каких показателях. Выберите отдел, в котором он действительно работает: сам он мог ошибиться.
employees-confirm-unverified = Пока не подтверждено, что адрес принадлежит этому человеку. Зарегистрироваться можно с любым адресом, так что за этим именем может быть кто-то другой. Попросите перейти по ссылке из письма; ещё одно можно отправить со страницы профиля. После этого вы сможете подтвердить сотрудника.
employees-address-unverified-error = Подтвердить этого человека пока нельзя: адрес не подтверждён. Сначала нужно перейти по ссылке из письма.
employees-confirm-submit = Подтвердить
employees-transfer-title = Должность, отдел, руководитель
employees-transfer-text = Прошлые показатели останутся там, где они учтены; новый отдел учитывается со следующего опросника.
employees-invitation-title = Приглашение
employees-invitation-text = Письмо со ссылкой, по которой можно выбрать пароль. Ссылка сработает один раз и действует семь дней.
employees-invite-submit = Отправить приглашение
employees-invite-now = Сразу отправить приглашение со ссылкой, по которой можно выбрать пароль (действует семь дней)
employees-invited-on = Последнее приглашение

import-title = Импорт сотрудников
import-lead = Таблица людей в файле CSV или XLSX. Сначала вы увидите, что произойдёт; до подтверждения ничего не изменится.
import-columns = Одна строка называет столбцы, в любом порядке, на русском, украинском или английском; над ней может стоять заголовок таблицы:
import-column-email = email (почта): адрес, с которым человек входит. Нужен в каждой строке.
import-column-name = name (ФИО): нужно для новых людей
import-column-position = position (должность)
import-column-department = department (отдел): названия сверху вниз, например «Продажи / Север»; недостающие отделы будут созданы
import-column-manager = manager_email (руководитель): адрес кого-то из файла или из списка; никаких прав это не даёт
import-rules = Если адрес уже есть в списке, данные обновятся. Пустая ячейка ничего не меняет. Файл импортируется целиком или не импортируется совсем.
import-file = Файл
import-file-hint = CSV или XLSX, не больше 5 МБ. CSV в любой обычной кодировке, разделитель: запятая, точка с запятой, табуляция или |; как файл прочитан, покажет следующая страница.
import-invite = После импорта отправить приглашение всем из файла, кто ещё не может войти и кого ни разу не приглашали
import-look = Посмотреть, что произойдёт
import-file-missing = Выберите файл.
import-file-too-large = Файл больше 5 МБ. Разделите его и импортируйте части по очереди.
import-file-empty = В файле нет людей. Одна строка называет столбцы, в каждой следующей один человек.
import-file-no-address = Нет столбца email (почта).
import-file-column-twice = Два столбца значат одно и то же, например email и «почта».
import-nothing-yet = Пока ничего не изменено. Вот что сделает импорт:
import-problems = { $count ->
    [one] В файле { $count } ошибка, поэтому импорт невозможен. Исправьте файл и загрузите его снова.
    [few] В файле { $count } ошибки, поэтому импорт невозможен. Исправьте файл и загрузите его снова.
    [many] В файле { $count } ошибок, поэтому импорт невозможен. Исправьте файл и загрузите его снова.
   *[other] В файле { $count } ошибки, поэтому импорт невозможен. Исправьте файл и загрузите его снова.
}
import-more-problems = { $count ->
    [one] И ещё { $count }.
    [few] И ещё { $count }.
    [many] И ещё { $count }.
   *[other] И ещё { $count }.
}
import-line = Строка { $line }:
import-wrong-no-address = Не указан адрес почты. Добавьте его или уберите этого человека из файла.
import-wrong-bad-address = Адрес почты записан неверно. Он должен выглядеть как name@company.com.
import-wrong-address-twice = Этот адрес уже есть в одной из строк выше. Оставьте одну из них.
import-wrong-no-name = Не указано имя. Новому человеку оно нужно.
import-wrong-too-long = Имя или должность длиннее 255 символов. Сократите; возможно, не закрыта кавычка.
import-wrong-too-many-cells = Ячеек больше, чем столбцов. Текст, в котором есть разделитель, возьмите в кавычки.
import-wrong-bad-department = Отдел прочитать не удалось. Запишите названия сверху вниз, например «Продажи / Север»: без пустых, не длиннее 200 символов, не больше десяти уровней.
import-wrong-too-many-departments = Из файла получилось бы больше тысячи отделов. Тот ли столбец назван отделом?
import-wrong-bad-manager = Адрес руководителя записан неверно. Он должен выглядеть как name@company.com.
import-wrong-unknown-manager = Адреса руководителя нет ни в списке, ни в файле. Добавьте руководителя или оставьте ячейку пустой.
import-wrong-own-manager = Человек стал бы руководителем самому себе. Исправьте адрес или оставьте ячейку пустой.
import-wrong-manager-cycle = Через других человек стал бы подчиняться самому себе. Исправьте руководителей.
import-outcome-new = Новые
import-outcome-changed = Изменятся
import-outcome-unchanged = Без изменений
import-outcome-waits = Не трогаем: зарегистрировались сами, адрес не подтверждён
import-departments-new = Новые отделы
import-departments-made = Новые отделы
import-invited = Приглашения отправляются
import-will-invite = Все из файла, кто ещё не может войти и кого ни разу не приглашали, получат приглашение.
import-will-not-invite = Приглашения отправляться не будут.
import-confirm = Импортировать
import-other-file = Выбрать другой файл
import-rows = Что произойдёт, строка за строкой
import-row = Строка
import-what = Что произойдёт
import-next-rows = Следующие строки
import-previous-rows = Предыдущие строки
import-running = Идёт импорт: { $percent } %.
import-progress = Ход импорта
import-running-note = Страница обновляется сама. Её можно закрыть: импорт продолжится.
import-interrupted = Импорт прервался, ничего не изменилось. Его можно запустить ещё раз.
import-again = Запустить ещё раз
import-failed = Импорт не удался, ничего не изменилось. Ниже видно, как файл выглядит теперь; попробуйте ещё раз.
import-done = Всё импортировано.
import-column-language = language (язык): { language-codes }, для тех, кто ещё не выбрал язык
import-template = Пустой список для заполнения:
import-file-not-text = Это не текстовая таблица и не книга Excel. В Excel выберите «Сохранить как», затем «Книга Excel (.xlsx)» или «CSV UTF-8».
import-file-old-workbook = Эта книга сохранена в формате до 2007 года или закрыта паролем. В Excel выберите «Сохранить как», «Книга Excel (.xlsx)», без пароля.
import-file-bad-workbook = Книга повреждена, прочитать её нельзя. Откройте её в Excel и сохраните заново.
import-file-unpacks-too-large = В распакованном виде книга слишком велика. Скопируйте в новую книгу только список людей.
import-file-too-many-rows = В файле больше 100 000 человек. Разделите его и импортируйте части по очереди.
import-choose-title = Укажите, что в столбцах
import-choose-text = Выберите ниже, что содержит каждый столбец; тогда вы увидите, что произойдёт.
import-warnings = Проверьте ещё раз
import-doubt-mixed-name = в одном слове похожие буквы разных алфавитов, например латинская «a» в русском слове. Импортируется как есть.
import-doubt-mixed-department = в одном слове похожие буквы разных алфавитов. Будет создан новый отдел с таким названием.
import-doubt-looks-like-department = выглядит как другой отдел, но буквы другие. Будет создан второй отдел; если это тот же самый, исправьте файл.
import-read-as = Как прочитан файл
import-encoding = Кодировка
import-encoding-hint = Если буквы выглядят неправильно, выберите другую.
import-separator = Разделитель
import-separator-comma = запятая
import-separator-semicolon = точка с запятой
import-separator-tab = табуляция
import-separator-bar = вертикальная черта
import-sheet-read = Лист
import-sheets-unread = Непрочитанные листы
import-heading-line = Строка с названиями столбцов
import-columns-found = Найденные столбцы и что в них
import-columns-choose = В каком столбце имя, неизвестно. Выберите его, если он есть.
import-column-unnamed = Столбец { $number }, без названия
import-column-unused = не используется
import-read-again = Прочитать так
import-holds-email = Адрес почты
import-holds-name = Имя
import-holds-position = Должность
import-holds-department = Отдел
import-holds-manager_email = Адрес почты руководителя
import-holds-language = Язык
import-heading-email = Почта
import-heading-name = ФИО
import-heading-position = Должность
import-heading-department = Отдел
import-heading-manager_email = Почта руководителя
import-heading-language = Язык
import-sheet = Сотрудники
import-wrong-unclosed-quote = Здесь открыта и нигде не закрыта кавычка, поэтому всё после неё пропало бы. Закройте или уберите её.
import-wrong-stray-quote = Внутри ячейки стоит кавычка. Возьмите в кавычки всю ячейку, а внутренние удвойте, или уберите их.
import-wrong-swallowed-lines = Несколько строк слились в одну ячейку, которая начинается здесь. Вероятно, не закрыта кавычка.
import-wrong-too-few-cells = Ячеек меньше, чем столбцов; возможно, пропущен разделитель. Ставьте все разделители, в том числе для пустых ячеек.
import-wrong-broken-sign = Одну букву прочитать нельзя (�). Исправьте её или сохраните файл как «CSV UTF-8».
import-wrong-cell-error = В ячейке ошибка формулы, например #REF!.
import-wrong-address-inside = Адрес почты стоит внутри другой ячейки. Возможно, слились две ячейки или строки.
import-wrong-foreign-letters = В адресе почты перед @ есть нелатинские буквы, возможно, лишь похожие на латинские. Наберите адрес заново латиницей.
import-wrong-mixed-address = В адресе почты смешаны похожие буквы разных алфавитов. Наберите его заново.
import-wrong-bad-language = Язык не распознан. Напишите { language-codes }.

archive-title = Уход из компании
archive-link-text = Когда человек уходит из компании, перенесите его в архив. Сначала вы увидите, что сохранится, а что будет удалено.
archive-link = В архив…
archive-deleted = Что будет удалено навсегда
archive-deleted-access = Аккаунт: на всех устройствах произойдёт выход, войти больше нельзя
archive-deleted-answers = Все опросники с ответами и результатами, черновики и ежедневные отметки
archive-deleted-rest = Рекомендации, согласия, роли, действующие приглашения и ссылки, просьбы о поддержке
archive-kept = Что сохранится
archive-kept-row = Имя, адрес, должность, отдел, день прихода, сколько времени человек здесь провёл и сколько рекомендаций выполнил
archive-kept-count = Результат, который учитывается в ещё открытом периоде, без имени, ответов и времени. Когда период будет опубликован, исчезнет и он.
archive-kept-published = Уже опубликованные показатели: по ним никого не узнать
archive-restore-note = Позже аккаунт можно вернуть, но не его историю.
archive-submit = Перенести в архив
archive-cancel = Отмена
archive-oneself = Себя перенести в архив нельзя. Это должен сделать кто-то другой из отдела кадров.
archive-last-admin = Это последний человек, который может выдавать роли. Сначала дайте роль администратора кому-то ещё.
archive-email-taken = Этот аккаунт вернуть нельзя: его адрес здесь уже у кого-то другого.
archived-title = Архив
archived-lead = Люди, которые ушли. Аккаунт можно вернуть; его история удалена навсегда.
archived-none = Пока никто не ушёл.
archived-on = В архиве с
archived-action = Действие
archived-restore = Вернуть
archived-restore-name = Вернуть: { $name }
flash-employee-archived = Сотрудник перенесён в архив.
flash-employee-erased = Учётная запись удалена насовсем: человек сам просил об этом.
flash-employee-restored = Аккаунт возвращён, без истории. Если есть адрес, на него уйдёт приглашение.

flash-employee-added = Сотрудник добавлен.
flash-employee-confirmed = Сотрудник подтверждён.
flash-employee-invited = Приглашение отправлено. Если оно уже уходило только что, второго письма не будет.

mail-invitation-subject = Приглашение в Hearth
mail-invitation-body =
    Здравствуйте!

    В вашей компании есть Hearth: опросник, который помогает вовремя заметить выгорание. Для вас создан аккаунт. По этой ссылке можно выбрать пароль; она сработает один раз и действует семь дней:

    { $url }

    Ваши ответы в Hearth принадлежат только вам: никто в компании их не увидит.
