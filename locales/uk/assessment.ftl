# The check-up: agreement, questionnaire, result.

start-check-up = Заповнити опитувальник

consent-eyebrow = Перш ніж почати
consent-title = Хто побачить ваші відповіді
consent-lead = { $questions ->
    [1] Одне запитання про останній місяць. Будь ласка, спершу прочитайте те, що нижче: це недовго.
    [one] { $questions } запитання про останній місяць, лише кілька хвилин. Будь ласка, спершу прочитайте те, що нижче: це недовго.
    [few] { $questions } запитання про останній місяць, лише кілька хвилин. Будь ласка, спершу прочитайте те, що нижче: це недовго.
    [many] { $questions } запитань про останній місяць, лише кілька хвилин. Будь ласка, спершу прочитайте те, що нижче: це недовго.
   *[other] { $questions } запитання про останній місяць, лише кілька хвилин. Будь ласка, спершу прочитайте те, що нижче: це недовго.
}
consent-needed = Відповіді поки що не збережено: спершу потрібна ваша згода. Потім вони будуть на місці.
consent-statement = Якщо ви згодні, Hearth зберігатиме ваші відповіді так, як тут описано. Відкликати згоду можна будь-коли на сторінці «Приватність і пристрої».
consent-agree = Погоджуюся й починаю
consent-not-now = Не зараз

questionnaire-answered = Відповідей: { $answered } з { $total }
# For the script: {n} and {total} are numbers.
questionnaire-progress = Запитання {"{n}"} з {"{total}"}
questionnaire-keys = Цифри — обрати відповідь, стрілки — перейти до іншого запитання
questionnaire-back = Назад
questionnaire-next = Далі
questionnaire-submit = Показати результат
questionnaire-later = Зберегти й продовжити пізніше
questionnaire-saved-at = Збережено: { $time }
questionnaire-unsaved = Поки що не збережено
questionnaire-resumed = Продовжуємо з того самого місця. Відповідей: { $answered } (збережено { $time }).
questionnaire-incomplete = На деякі запитання ще немає відповіді
questionnaire-first-gap = Перейти до запитання { $number }
questionnaire-choose = Оберіть, будь ласка, одну відповідь.
questionnaire-unavailable = Зараз не вдалося зберегти відповіді. Усі вони на місці: трохи згодом натисніть «Показати результат» ще раз.
questionnaire-sent-before = Ви вже надсилали цю форму з іншими відповідями. Якщо це новий опитувальник, натисніть «Показати результат» ще раз.
questionnaire-earlier-result = Результат попередніх відповідей
questionnaire-signed-out = Ви більше не в акаунті, тому зберегти відповіді не вдалося. Усі вони на місці: увійдіть в іншій вкладці, поверніться сюди й знову натисніть «Показати результат».
questionnaire-sign-in-again = Увійти в іншій вкладці
flash-draft-saved = Відповіді збережено. Продовжити можна будь-коли й з будь-якого пристрою.

level-low = Низький
level-medium = Середній
level-high = Високий
level-short-low = низький
level-short-medium = середній
level-short-high = високий

profile-burnout = Вигорання
profile-overextended = Перевантаження
profile-disengaged = Відстороненість
profile-ineffective = Сумніви у своїй роботі
profile-balanced = Помірна напруга
profile-engaged = Невелика напруга
profile-means-burnout = І сил майже не лишилося, і робота внутрішньо стала чужою. Само собою це минає рідко: не лишайтеся з цим наодинці.
profile-means-overextended = Сил мало, але байдужості немає. Робота забирає більше, ніж ви встигаєте відновити.
profile-means-disengaged = Сили є, але робота й люди стали далекими.
profile-means-ineffective = Сили є, і робота вам не чужа, але ви сумніваєтеся, що з ваших зусиль є користь.
profile-means-balanced = Високих показників немає, але й низькі не всі. Добра нагода придивитися до того, що вас підтримує.
profile-means-engaged = Усі три показники низькі. Схоже, те, що ви для себе робите, допомагає.

scale-total = Сума
scale-meaning-low = Низький рівень: зараз цього мало.
scale-meaning-medium = Середній рівень: це є, і за цим варто стежити.
scale-meaning-none = Для результату бракує відповідей.

change-within = Порівняно з { $date } різниця не виходить за межі похибки: сказати, чи щось змінилося, не можна.
change-real-up = На { $points } вище, ніж { $date }: імовірно, зміна справжня (випадково так буває приблизно в 1 випадку з 20).
change-real-down = На { $points } нижче, ніж { $date }: імовірно, зміна справжня (випадково так буває приблизно в 1 випадку з 20).
change-sustained-up = На { $points } вище, ніж { $date }, і так уже вдруге поспіль: зміна стійка.
change-sustained-down = На { $points } нижче, ніж { $date }, і так уже вдруге поспіль: зміна стійка.

result-title = Ваш результат
result-eyebrow = Ваш результат від
result-total-caption = сума трьох показників
result-change-title = Чи справжня ця зміна?
result-change-text = Порівняння з результатом від { $date }: кружок на шкалі — тоді, ромб — зараз, а риска довкола нього — похибка вимірювання. Зміна в її межах може бути випадковою.
result-total-change = Сума:
result-first = Це ваш перший результат, порівнювати поки що немає з чим. За місяць буде видно, чи щось справді змінилося.
result-history-link = Усі мої результати
result-next = Що робити далі
result-all-recs = Усі поради
result-help-also = Хочеться все ж із кимось поговорити?
result-provisional = Межі між рівнями поки що попередні.
