# The audit log.

audit-title = Журнал действий
audit-lead = Что сделали администраторы и HR и кто входил в систему. Записи только добавляются. Опросников, пульса и бесед здесь нет.
audit-whole = Журнал цел. Записей в нём: { $rows }, и каждая продолжает предыдущую.
audit-broken = Журнал повреждён: запись { $id } пропала или изменена.
audit-unchecked = Журнал ещё не проверяли.
audit-checked-at = Проверено
audit-event = Что произошло
audit-any-event = Всё
audit-show = Показать
audit-only-by = Показаны только действия этого человека: { $name }.
audit-everyone = Показать всё
audit-empty = Таких записей в журнале нет.
audit-number = №
audit-when = Когда
audit-who = Кто
audit-what = Что
audit-hearth = Сам Hearth
audit-former-person = бывший сотрудник №{ $id }
audit-former-role = бывшая роль №{ $id }

# What happened; who did it stands beside it.

audit-says-signed_in = Вход в систему
audit-says-role_given = Выдана роль «{ $role }»: { $subject }
audit-says-role_taken = Снята роль «{ $role }»: { $subject }
audit-says-role_created = Создана роль «{ $subject }». Открывает: { $opens }
audit-says-role_changed = Изменена роль «{ $subject }». Теперь открывает: { $opens }
audit-says-role_deleted = Удалена роль: { $subject }
audit-says-department_created = Создан отдел: { $subject }
audit-says-department_changed = Изменён отдел: { $subject }
audit-says-department_deleted = Удалён отдел: { $subject }
audit-says-employee_added = Добавлен сотрудник: { $subject }
audit-says-employee_confirmed = Подтверждено, что здесь работает { $subject }
audit-says-employee_changed = Изменены данные: { $subject }
audit-says-employee_transferred = Перевод в другой отдел: { $subject }
audit-says-employee_invited = Отправлено приглашение: { $subject }
audit-says-employees_imported = Загружен список сотрудников
audit-says-employee_archived = Отправлено в архив: { $subject }
audit-says-employee_restored = Возвращено из архива: { $subject }
audit-says-employee_erased = Удалены данные: { $subject }
audit-says-campaign_created = Создана кампания: { $subject }
audit-says-campaign_changed = Изменена кампания: { $subject }
audit-says-campaign_opened = Открыта кампания: { $subject }
audit-says-campaign_reminded = Разосланы напоминания о кампании: { $subject }
audit-says-campaign_closed = Закрыта кампания: { $subject }
audit-says-campaign_deleted = Удалена кампания: { $subject }
audit-says-access_codes_printed = Распечатаны коды доступа к кампании: { $subject }
audit-says-period_published = Опубликованы показатели за период: { $subject }
audit-says-insights_exported = Выгружены показатели за период: { $subject }
audit-says-instrument_imported = Загружен опросник: { $subject }
audit-says-instrument_attested = Подтверждена лицензия опросника: { $subject }
audit-says-action_created = Запланировано действие: { $subject }
audit-says-action_changed = Изменено запланированное действие: { $subject }
audit-says-support_answered = Дан ответ на просьбу о поддержке: { $subject }
audit-says-support_closed = Закрыта просьба о поддержке: { $subject }
