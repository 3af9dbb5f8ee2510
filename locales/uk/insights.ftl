# Картина організації.

nav-insights = Огляд

month-name-1 = Січень
month-name-2 = Лютий
month-name-3 = Березень
month-name-4 = Квітень
month-name-5 = Травень
month-name-6 = Червень
month-name-7 = Липень
month-name-8 = Серпень
month-name-9 = Вересень
month-name-10 = Жовтень
month-name-11 = Листопад
month-name-12 = Грудень
month-in-1 = У січні
month-in-2 = У лютому
month-in-3 = У березні
month-in-4 = У квітні
month-in-5 = У травні
month-in-6 = У червні
month-in-7 = У липні
month-in-8 = У серпні
month-in-9 = У вересні
month-in-10 = У жовтні
month-in-11 = У листопаді
month-in-12 = У грудні

insights-period-month = { $month } { $year }
insights-in-month = { $month } { $year } року
insights-in-campaign = У кампанії «{ $name }»
insights-since-month = { $month } { $year } року
insights-since-campaign = кампанії «{ $name }»

insights-company = Уся компанія
insights-path = Де ви
insights-period = Період
insights-department = Відділ
insights-questionnaire = Опитувальник
insights-version = Версія { $number }
insights-show = Показати
insights-campaign-open = Зараз триває кампанія «{ $name }» (до { $date }).
insights-campaign-participation = Станом на { $date } відповіли приблизно { $percent } %.
insights-headline = У цифрах
insights-change-real = від { $since }: імовірно, зміна справжня
insights-change-chance = Від { $since } зміна не більша за випадкову
insights-participation = Відповіли
insights-under = менше ніж { $percent } %
insights-over = понад { $percent } %
insights-before = до правил від { $date }
insights-month-shows = Місяць показує компанію та ті її частини, де відповідей не менше ніж { $count }. Невеликі команди видно після кампаній.
insights-month-campaign-open = Одна кампанія триває зараз, до { $date }.
insights-month-campaign-from = Наступну для тих самих людей можна відкрити з { $date }.
insights-month-campaign-now = Кампанію можна відкрити будь-коли.
insights-people = { $count ->
    [one] щонайменше { $count } людина
    [few] щонайменше { $count } людини
    [many] щонайменше { $count } людей
   *[other] щонайменше { $count } людини
}

insights-heat = Де горить
insights-heat-note = Кожна цифра — середнє по відділу з усім, що до нього входить, у відсотках шкали: 0 — жодного напруження, 100 — найбільше, яке може показати опитувальник.
insights-heat-deeper = Відкрийте відділ, щоб побачити, що до нього входить.
insights-legend = Що означають клітинки
insights-legend-uncertain = неточно: інтервал 20 пунктів або ширший
insights-legend-suppressed = приховано: замало людей
insights-legend-empty = у відділі нікого не було
insights-look-uncertain = неточно
insights-look-suppressed = Замало людей, щоб показати цифру
insights-look-empty = У відділі нікого не було
insights-values = Відповіді за значеннями
insights-values-note = У цих шкал замало можливих значень або завеликі проміжки між ними, щоб показувати середнє. Показано, яка частка людей має кожне значення, з 95-відсотковим інтервалом.
insights-levels = Рівні
insights-levels-note = Частка людей із кожним рівнем за сумою та її 95-відсотковий інтервал.
insights-profiles = Профілі
insights-profiles-note = Частка людей із кожним поєднанням трьох показників та її 95-відсотковий інтервал.
insights-trend = Як це змінювалося
insights-trend-of = { $scale }: закриті періоди, у відсотках
insights-trend-note = Бліда смуга — 95-відсотковий інтервал. Якщо смуги двох точок перетинаються, різниця між ними може бути випадковою.
insights-as-table = Таблицею
insights-pulse = Пульс за місяцями
insights-pulse-note = Середні тих, хто за місяць відзначав свій день, від 0 до 100: для компанії та її великих частин.
insights-pulse-week = Тиждень від { $date }
insights-completed = Що люди пробували
insights-completed-note = Яка частка тих, хто мав таку пораду, виконала хоча б одну за останній місяць. Лише по компанії загалом.
insights-export-csv = Завантажити CSV
insights-export-xlsx = Завантажити для Excel
insights-sheet-heat = Відділи зараз
insights-sheet-trend = Як це змінювалося
insights-sheet-shares = Частки
insights-sheet-notes = Як читати

insights-how-title = Як читати цю сторінку
insights-how-who = Кожного враховано один раз за період: за останнім опитувальником до закриття і в тому відділі, де людина була, коли відповідала. Тих, хто зареєструвався самостійно, враховано після підтвердження відділом кадрів. Цифри описують тих, хто відповів.
insights-how-scale = Усі шкали повернуто так, що більше — означає сильніше напруження. Рівні — за межами опитувальника.
insights-how-blocks = Цифри публікуються один раз, коли закривається період, і лише за групами: середні — за групами щонайменше з { $count } людей, частки — щонайменше з { $twice }. Команду, де людей менше, враховано лише у складі більшої. Залишок на самому верху не входить до жодної цифри.
insights-how-noise = Кожен показник групи трохи розмито: до нього додано невелике число, яке залежить від того, кого враховано, але не від того, що відповіли. Для тих самих людей воно завжди однакове. Тому, порівнюючи показники за різний час, не можна обчислити нічиїх відповідей.
insights-how-months = Невеликі команди видно після кампаній. Місяці та щоденні позначки публікуються часто й показують лише компанію та її великі частини.
insights-before-rules = Цей період опубліковано до правил від { $date }: його показники не розмито, і невеликі команди видно в ньому й за місяцями. З пізнішими періодами його не порівнюють.
insights-how-rounding = Кількість людей округлюється вниз до кратного 5. Середні груп не підходять впритул до країв шкали. У частках жодна категорія не охоплює групу цілком або всіх, крім одного: зайве переноситься до сусідньої категорії. Тому з цифри не можна обчислити відповідь однієї людини, а крайнє значення може виглядати трохи м’якшим, ніж воно є.
insights-how-coarse = Шкала, у якої менше десяти можливих значень або між значеннями великі проміжки, не має ні середнього, ні зміни: середнє кількох людей показало б, скільки з них відповіли так чи інакше. Її значення показано частками, за такими самими великими групами, як і інші частки. Сума, до якої входить така шкала, теж не має середнього.
insights-how-intervals = «± 4» означає: у 19 випадках із 20 справжнє середнє відрізняється від показника не більше ніж на 4 пункти, з урахуванням розмиття. Якщо інтервал 20 пунктів або ширший, клітинку позначено як неточну: на неї саму краще не спиратися.
insights-how-changes = «Імовірно, зміна справжня» пишеться, лише якщо випадковістю різницю можна пояснити рідше ніж у 1 випадку з 20, з поправкою на те, що відділів і шкал багато (Голм). Якщо обидва рази відповідали ті самі люди, це оцінка із запасом обережності.
insights-how-icd = Тут немає діагнозів. У МКХ-11 вигорання описано як явище, пов’язане з роботою, а не як хвороба.

summary-company = По компанії загалом
summary-company-inside = по компанії загалом
summary-departments = По підрозділу «{ $name }» загалом
summary-departments-inside = по підрозділу «{ $name }» загалом
summary-department = По підрозділу «{ $name }»
summary-department-inside = по підрозділу «{ $name }»
summary-nobody = { $in } { $whole } показати нічого: там нікого не було.
summary-shares-only = { $in } { $whole } показано частки відповідей: у цих шкал замало значень для середнього.
summary-too-few = { $in } { $whole } цифр немає: відповіло замало людей.
summary-one-stands-out = { $in } у підрозділі «{ $first }» ({ $first_value }) показник «{ $scale }» явно вищий, ніж у решти.
summary-two-stand-out = { $in } у підрозділах «{ $first }» ({ $first_value }) і «{ $second }» ({ $second_value }) показник «{ $scale }» явно вищий, ніж у решти.
summary-nobody-stands-out = { $in } жоден підрозділ не виявився вищим за решту більше, ніж буває випадково.
summary-whole-opens = { $in } { $whole } показник «{ $scale }» — { $value }{ $change }.
summary-whole-named = { $whole } показник «{ $scale }» — { $value }{ $change }.
summary-whole = { $whole } — { $value }{ $change }.
summary-value-inside = { $percent }, { $level }
summary-value = { $percent } ({ $level })
summary-within-chance = ; від { $since } зміна не більша за випадкову
summary-higher = ; імовірно, це справжнє зростання від { $since } (+{ $points })
summary-lower = ; імовірно, це справжнє зниження від { $since } (−{ $points })
summary-also-higher = Імовірно, від { $since } справді зріс показник «{ $scale }» (+{ $points }).
summary-also-lower = Імовірно, від { $since } справді знизився показник «{ $scale }» (−{ $points }).
summary-few-answered = Відповіли лише близько { $percent } %: це говорить про них, а не про всіх.
summary-level-low = низький рівень
summary-level-medium = середній рівень
summary-level-high = високий рівень
summary-level-low-medium = рівень від низького до середнього
summary-level-medium-high = рівень від середнього до високого
summary-level-low-high = рівень від низького до високого

beginning-title = Чотири кроки до першої картини
beginning-lead = Тут буде видно, де в компанії напруження і чи воно змінюється. І ніколи — чиє воно.
beginning-done = Готово.
beginning-departments = Відділи
beginning-text-departments = Дерево, за яким показуються цифри.
beginning-departments-count = { $count ->
    [0] Поки немає жодного.
    [one] Зараз їх { $count }.
    [few] Зараз їх { $count }.
    [many] Зараз їх { $count }.
   *[other] Зараз їх { $count }.
}
beginning-people = Люди
beginning-text-people = Завантажте список працівників або підтвердьте тих, хто зареєструвався самостійно.
beginning-people-count = { $count ->
    [0] Поки нікого не підтверджено; для цифр потрібно щонайменше { $enough }.
    [one] Підтверджено { $count } людину; для цифр потрібно щонайменше { $enough }.
    [few] Підтверджено { $count } людини; для цифр потрібно щонайменше { $enough }.
    [many] Підтверджено { $count } людей; для цифр потрібно щонайменше { $enough }.
   *[other] Підтверджено { $count } людини; для цифр потрібно щонайменше { $enough }.
}
beginning-campaign = Кампанія
beginning-text-campaign = Запросіть усіх одразу або нехай люди проходять опитувальник від місяця до місяця.
beginning-campaign-open = Триває «{ $name }».
beginning-campaign-planned = Зараз жодна не триває.
beginning-campaign-none = Поки жодної. Без кампанії рахується місяць.
beginning-publication = День публікації
beginning-text-publication = Цифри з’являються, коли закривається кампанія, а без неї — наприкінці місяця.
beginning-publication-on = Перші з’являться { $date }
beginning-wait-title = Поки дивитися немає на що
beginning-wait = Цифри вашого відділу з’являться тут, коли закриється перший період.
beginning-nowhere-title = Ви поки в жодному відділі
beginning-nowhere = Тут були б цифри вашого відділу з усім, що до нього входить. Попросіть відділ кадрів додати вас до відділу.
