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

flash-employee-added = Працівника додано.
flash-employee-confirmed = Працівника підтверджено.
flash-employee-invited = Запрошення надіслано. Якщо воно вже йшло щойно, другого листа не буде.

mail-invitation-subject = Запрошення до Hearth
mail-invitation-body =
    Вітаємо!

    У вашій компанії є Hearth: опитувальник, який допомагає вчасно помітити вигорання. Для вас створено акаунт. За цим посиланням можна вибрати пароль; воно спрацює один раз і діє сім днів:

    { $url }

    Ваші відповіді в Hearth належать лише вам: ніхто в компанії їх не побачить.
