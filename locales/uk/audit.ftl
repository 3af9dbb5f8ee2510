# The audit log.

audit-title = Журнал дій
audit-lead = Що зробили адміністратори й HR і хто входив до системи. Записи лише додаються. Опитувальників, пульсу й розмов тут немає.
audit-whole = Журнал цілий. Записів у ньому: { $rows }, і кожен продовжує попередній.
audit-broken = Журнал пошкоджено: запис { $id } зник або його змінено.
audit-unchecked = Журнал іще не перевіряли.
audit-checked-at = Перевірено
audit-event = Що сталося
audit-any-event = Усе
audit-show = Показати
audit-only-by = Показано лише дії цієї людини: { $name }.
audit-everyone = Показати все
audit-empty = Таких записів у журналі немає.
audit-number = №
audit-when = Коли
audit-who = Хто
audit-what = Що
audit-hearth = Сам Hearth
audit-former-person = колишній працівник №{ $id }
audit-former-role = колишня роль №{ $id }

# What happened; who did it stands beside it.

audit-says-signed_in = Вхід до системи
audit-says-role_given = Надано роль «{ $role }»: { $subject }
audit-says-role_taken = Знято роль «{ $role }»: { $subject }
audit-says-role_created = Створено роль «{ $subject }». Відкриває: { $opens }
audit-says-role_changed = Змінено роль «{ $subject }». Тепер відкриває: { $opens }
audit-says-role_deleted = Видалено роль: { $subject }
audit-says-department_created = Створено відділ: { $subject }
audit-says-department_changed = Змінено відділ: { $subject }
audit-says-department_deleted = Видалено відділ: { $subject }
audit-says-employee_added = Додано працівника: { $subject }
audit-says-employee_confirmed = Підтверджено, що тут працює { $subject }
audit-says-employee_changed = Змінено дані: { $subject }
audit-says-employee_transferred = Переведення до іншого відділу: { $subject }
audit-says-employee_invited = Надіслано запрошення: { $subject }
audit-says-employees_imported = Завантажено список працівників
audit-says-employee_archived = Передано до архіву: { $subject }
audit-says-employee_restored = Повернено з архіву: { $subject }
audit-says-employee_erased = Видалено дані: { $subject }
audit-says-campaign_created = Створено кампанію: { $subject }
audit-says-campaign_changed = Змінено кампанію: { $subject }
audit-says-campaign_opened = Відкрито кампанію: { $subject }
audit-says-campaign_reminded = Розіслано нагадування про кампанію: { $subject }
audit-says-campaign_closed = Закрито кампанію: { $subject }
audit-says-campaign_deleted = Видалено кампанію: { $subject }
audit-says-access_codes_printed = Надруковано коди доступу до кампанії: { $subject }
audit-says-period_published = Оприлюднено показники за період: { $subject }
audit-says-insights_exported = Вивантажено показники за період: { $subject }
audit-says-instrument_imported = Завантажено опитувальник: { $subject }
audit-says-instrument_attested = Підтверджено ліцензію опитувальника: { $subject }
audit-says-action_created = Заплановано дію: { $subject }
audit-says-action_changed = Змінено заплановану дію: { $subject }
audit-says-support_answered = Надано відповідь на прохання про підтримку: { $subject }
audit-says-support_closed = Закрито прохання про підтримку: { $subject }
