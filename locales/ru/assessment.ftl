# The check-up: agreement, questionnaire, result.

start-check-up = Пройти опросник

consent-eyebrow = Прежде чем начать
consent-title = Кто увидит ваши ответы
consent-lead = { $questions ->
    [1] Один вопрос о последнем месяце. Сначала прочтите, пожалуйста, это: здесь коротко.
    [one] { $questions } вопрос о последнем месяце, всего несколько минут. Сначала прочтите, пожалуйста, это: здесь коротко.
    [few] { $questions } вопроса о последнем месяце, всего несколько минут. Сначала прочтите, пожалуйста, это: здесь коротко.
    [many] { $questions } вопросов о последнем месяце, всего несколько минут. Сначала прочтите, пожалуйста, это: здесь коротко.
   *[other] { $questions } вопроса о последнем месяце, всего несколько минут. Сначала прочтите, пожалуйста, это: здесь коротко.
}
consent-needed = Ответы пока не сохранены: сначала нужно ваше согласие. Потом они будут на месте.
consent-statement = Если вы согласны, Hearth будет хранить ваши ответы так, как здесь описано. Отозвать согласие можно в любой момент на странице «Приватность и устройства».
consent-agree = Соглашаюсь и начинаю
consent-not-now = Не сейчас

questionnaire-answered = Отвечено: { $answered } из { $total }
# For the script: {n} and {total} are numbers.
questionnaire-progress = Вопрос {"{n}"} из {"{total}"}
questionnaire-keys = Цифры — выбрать ответ, стрелки — перейти к другому вопросу
questionnaire-back = Назад
questionnaire-next = Дальше
questionnaire-submit = Показать результат
questionnaire-later = Сохранить и продолжить позже
questionnaire-saved-at = Сохранено: { $time }
questionnaire-unsaved = Не сохранено: нет связи
questionnaire-resumed = Продолжаем с того же места. Ответов: { $answered }, они сохранены { $time }.
questionnaire-incomplete = На некоторые вопросы ещё нет ответа
questionnaire-first-gap = Перейти к вопросу { $number }
questionnaire-choose = Выберите, пожалуйста, один ответ.
questionnaire-unavailable = Сейчас не получилось сохранить ответы. Все они на месте: чуть позже нажмите «Показать результат» ещё раз.
questionnaire-signed-out = Вы больше не в аккаунте, поэтому ответы сохранить не получилось. Все они на месте: войдите в другой вкладке, вернитесь сюда и снова нажмите «Показать результат».
questionnaire-sign-in-again = Войти в другой вкладке
flash-draft-saved = Ответы сохранены. Продолжить можно когда угодно и с любого устройства.

level-low = Низкий
level-medium = Средний
level-high = Высокий
level-short-low = низкий
level-short-medium = средний
level-short-high = высокий

profile-burnout = Выгорание
profile-overextended = Перегрузка
profile-disengaged = Отстранённость
profile-ineffective = Сомнения в своей работе
profile-balanced = Умеренное напряжение
profile-engaged = Небольшое напряжение
profile-means-burnout = И сил почти не осталось, и работа внутренне стала чужой. Само по себе это проходит редко: не оставайтесь с этим наедине.
profile-means-overextended = Сил мало, но равнодушия нет. Работа забирает больше, чем вы успеваете восстановить.
profile-means-disengaged = Силы есть, но работа и люди стали далёкими.
profile-means-ineffective = Силы есть, и работа вам не чужая, но вы сомневаетесь, что от ваших усилий есть толк.
profile-means-balanced = Высоких показателей нет, но и низкие не все. Хорошее время присмотреться к тому, что вас поддерживает.
profile-means-engaged = Все три показателя низкие. Похоже, то, что вы для себя делаете, помогает.

scale-total = Сумма
scale-meaning-low = Низкий уровень: сейчас этого мало.
scale-meaning-medium = Средний уровень: это есть, и за этим стоит последить.
scale-meaning-none = Для результата не хватает ответов.

change-within = Разница с { $date } в пределах погрешности: сказать, изменилось ли что-то, нельзя.
change-real-up = На { $points } выше, чем { $date }: вероятно, изменение настоящее (случайно так бывает примерно в 1 случае из 20).
change-real-down = На { $points } ниже, чем { $date }: вероятно, изменение настоящее (случайно так бывает примерно в 1 случае из 20).
change-sustained-up = На { $points } выше, чем { $date }, и так уже второй раз подряд: изменение устойчивое.
change-sustained-down = На { $points } ниже, чем { $date }, и так уже второй раз подряд: изменение устойчивое.

result-title = Ваш результат
result-eyebrow = Ваш результат от
result-total-caption = сумма трёх показателей
result-change-title = Настоящее ли это изменение?
result-change-text = Сравнение с результатом от { $date }: кружок на шкале — тогда, ромб — сейчас, а черта вокруг него — погрешность измерения. Сдвиг внутри неё может быть случайным.
result-total-change = Сумма:
result-first = Это ваш первый результат, сравнивать пока не с чем. Через месяц будет видно, изменилось ли что-то на самом деле.
result-history-link = Все мои результаты
result-next = Что делать дальше
result-all-recs = Все советы
result-help-also = Хочется всё-таки с кем-то поговорить?
result-provisional = Границы между уровнями пока предварительные.
