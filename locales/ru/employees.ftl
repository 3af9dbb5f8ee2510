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

flash-employee-added = Сотрудник добавлен.
flash-employee-confirmed = Сотрудник подтверждён.
flash-employee-invited = Приглашение отправлено. Если оно уже уходило только что, второго письма не будет.

mail-invitation-subject = Приглашение в Hearth
mail-invitation-body =
    Здравствуйте!

    В вашей компании есть Hearth: опросник, который помогает вовремя заметить выгорание. Для вас создан аккаунт. По этой ссылке можно выбрать пароль; она сработает один раз и действует семь дней:

    { $url }

    Ваши ответы в Hearth принадлежат только вам: никто в компании их не увидит.
