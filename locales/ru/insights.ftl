# Картина организации.

nav-insights = Обзор

month-name-1 = Январь
month-name-2 = Февраль
month-name-3 = Март
month-name-4 = Апрель
month-name-5 = Май
month-name-6 = Июнь
month-name-7 = Июль
month-name-8 = Август
month-name-9 = Сентябрь
month-name-10 = Октябрь
month-name-11 = Ноябрь
month-name-12 = Декабрь
month-in-1 = В январе
month-in-2 = В феврале
month-in-3 = В марте
month-in-4 = В апреле
month-in-5 = В мае
month-in-6 = В июне
month-in-7 = В июле
month-in-8 = В августе
month-in-9 = В сентябре
month-in-10 = В октябре
month-in-11 = В ноябре
month-in-12 = В декабре

insights-period-month = { $month } { $year }
insights-in-month = { $month } { $year } года
insights-in-campaign = В кампании «{ $name }»
insights-since-month = { $month } { $year } года
insights-since-campaign = кампании «{ $name }»

insights-company = Вся компания
insights-path = Где вы находитесь
insights-period = Период
insights-department = Отдел
insights-questionnaire = Опросник
insights-version = Версия { $number }
insights-show = Показать
insights-campaign-open = Сейчас идёт кампания «{ $name }» (до { $date }).
insights-campaign-participation = На { $date } ответили примерно { $percent } %.
insights-headline = В цифрах
insights-change-real = с { $since }: вероятно, изменение настоящее
insights-change-chance = С { $since } изменение не больше случайного
insights-participation = Ответили
insights-under = меньше { $percent } %
insights-over = больше { $percent } %
insights-before = до правил от { $date }
insights-month-shows = Месяц показывает компанию и те её части, где ответов не меньше { $count }. Небольшие команды видны после кампаний.
insights-month-campaign-open = Одна кампания идёт сейчас, до { $date }.
insights-month-campaign-from = Следующую для тех же людей можно открыть с { $date }.
insights-month-campaign-now = Кампанию можно открыть в любое время.
insights-people = { $count ->
    [one] не менее { $count } человека
    [few] не менее { $count } человек
    [many] не менее { $count } человек
   *[other] не менее { $count } человека
}

insights-heat = Где горит
insights-heat-note = Каждая цифра — среднее по отделу со всем, что в него входит, в процентах шкалы: 0 — никакого напряжения, 100 — наибольшее, какое может показать опросник.
insights-heat-deeper = Откройте отдел, чтобы увидеть, что в него входит.
insights-legend = Что означают ячейки
insights-legend-uncertain = неточно: интервал 20 пунктов или шире
insights-legend-suppressed = скрыто: слишком мало людей
insights-legend-empty = в отделе никого не было
insights-look-uncertain = неточно
insights-look-suppressed = Слишком мало людей, чтобы показать цифру
insights-look-empty = В отделе никого не было
insights-values = Ответы по значениям
insights-values-note = У этих шкал слишком мало возможных значений или слишком большие промежутки между ними, чтобы показывать среднее. Показано, какая доля людей получила каждое значение, с 95-процентным интервалом.
insights-levels = Уровни
insights-levels-note = Доля людей с каждым уровнем по сумме и её 95-процентный интервал.
insights-profiles = Профили
insights-profiles-note = Доля людей с каждым сочетанием трёх показателей и её 95-процентный интервал.
insights-trend = Как это менялось
insights-trend-of = { $scale }: закрытые периоды, в процентах
insights-trend-note = Бледная полоса — 95-процентный интервал. Если полосы двух точек пересекаются, разница между ними может быть случайной.
insights-as-table = Таблицей
insights-pulse = Пульс по месяцам
insights-pulse-note = Средние тех, кто за месяц отмечал свой день, от 0 до 100: по компании и её крупным частям.
insights-pulse-week = Неделя с { $date }
insights-completed = Что люди пробовали
insights-completed-note = Какая доля тех, у кого был такой совет, выполнила хотя бы один за последний месяц. Только по компании целиком.
insights-export-csv = Скачать CSV
insights-export-xlsx = Скачать для Excel
insights-sheet-heat = Отделы сейчас
insights-sheet-trend = Как это менялось
insights-sheet-shares = Доли
insights-sheet-notes = Как читать

insights-how-title = Как читать эту страницу
insights-how-who = Каждый учитывается один раз за период: по последнему опроснику до закрытия и в том отделе, где человек был, когда отвечал. Зарегистрировавшиеся самостоятельно учитываются после подтверждения отделом кадров. Цифры описывают тех, кто ответил.
insights-how-scale = Все шкалы повёрнуты так, что больше — значит сильнее напряжение. Уровни — по границам опросника.
insights-how-blocks = Цифры публикуются один раз, при закрытии периода, и только по группам: средние — по группам не меньше { $count } человек, доли — по группам не меньше { $twice }. Команда, где людей меньше, учитывается только в составе более крупной. Остаток на самом верху не входит ни в одну цифру.
insights-how-noise = Каждый показатель группы немного размыт: к нему прибавлено небольшое число, которое зависит от того, кто учтён, но не от того, что ответили. Для одних и тех же людей оно всегда одинаково. Поэтому, сравнивая показатели за разное время, нельзя вычислить ничьи ответы.
insights-how-months = Небольшие команды видны после кампаний. Месяцы и ежедневные отметки публикуются часто и показывают только компанию и её крупные части.
insights-before-rules = Этот период опубликован до правил от { $date }: его показатели не размыты, и небольшие команды видны в нём и по месяцам. С более поздними периодами он не сравнивается.
insights-how-rounding = Число людей округляется вниз до кратного 5. Средние групп не подходят вплотную к краям шкалы. В долях ни одна категория не охватывает группу целиком или всех, кроме одного: лишнее переносится в соседнюю категорию. Поэтому из цифры нельзя вычислить ответ одного человека, а крайнее значение может выглядеть чуть мягче, чем оно есть.
insights-how-coarse = Шкала, у которой меньше десяти возможных значений или между значениями большие промежутки, не имеет ни среднего, ни изменения: среднее немногих людей показало бы, сколько из них ответили так или иначе. Её значения показаны долями, по таким же крупным группам, как и другие доли. Сумма, в которую входит такая шкала, тоже не имеет среднего.
insights-how-intervals = «± 4» означает: в 19 случаях из 20 истинное среднее отличается от показателя не больше чем на 4 пункта, с учётом размытия. Если интервал 20 пунктов или шире, ячейка помечена как неточная: на неё одну лучше не опираться.
insights-how-changes = «Вероятно, изменение настоящее» пишется, только если случайностью разницу можно объяснить реже чем в 1 случае из 20, с поправкой на то, что отделов и шкал много (Холм). Если оба раза отвечали одни и те же люди, это оценка с запасом осторожности.
insights-how-icd = Здесь нет диагнозов. В МКБ-11 выгорание описано как явление, связанное с работой, а не как болезнь.

summary-company = По компании в целом
summary-company-inside = по компании в целом
summary-departments = По подразделению «{ $name }» в целом
summary-departments-inside = по подразделению «{ $name }» в целом
summary-department = По подразделению «{ $name }»
summary-department-inside = по подразделению «{ $name }»
summary-nobody = { $in } { $whole } показать нечего: там никого не было.
summary-shares-only = { $in } { $whole } показаны доли ответов: у этих шкал слишком мало значений для среднего.
summary-too-few = { $in } { $whole } цифр нет: ответило слишком мало людей.
summary-one-stands-out = { $in } в подразделении «{ $first }» ({ $first_value }) показатель «{ $scale }» явно выше, чем у остальных.
summary-two-stand-out = { $in } в подразделениях «{ $first }» ({ $first_value }) и «{ $second }» ({ $second_value }) показатель «{ $scale }» явно выше, чем у остальных.
summary-nobody-stands-out = { $in } ни одно подразделение не оказалось выше остальных больше, чем бывает случайно.
summary-whole-opens = { $in } { $whole } показатель «{ $scale }» — { $value }{ $change }.
summary-whole-named = { $whole } показатель «{ $scale }» — { $value }{ $change }.
summary-whole = { $whole } — { $value }{ $change }.
summary-value-inside = { $percent }, { $level }
summary-value = { $percent } ({ $level })
summary-within-chance = ; с { $since } изменение не больше случайного
summary-higher = ; вероятно, это настоящий рост с { $since } (+{ $points })
summary-lower = ; вероятно, это настоящее снижение с { $since } (−{ $points })
summary-also-higher = Вероятно, с { $since } действительно вырос показатель «{ $scale }» (+{ $points }).
summary-also-lower = Вероятно, с { $since } действительно снизился показатель «{ $scale }» (−{ $points }).
summary-few-answered = Ответили только около { $percent } %: это говорит о них, а не обо всех.
summary-level-low = низкий уровень
summary-level-medium = средний уровень
summary-level-high = высокий уровень
summary-level-low-medium = уровень от низкого до среднего
summary-level-medium-high = уровень от среднего до высокого
summary-level-low-high = уровень от низкого до высокого

beginning-title = Четыре шага до первой картины
beginning-lead = Здесь будет видно, где в компании напряжение и меняется ли оно. И никогда — чьё оно.
beginning-done = Готово.
beginning-departments = Отделы
beginning-text-departments = Дерево, по которому показываются цифры.
beginning-departments-count = { $count ->
    [0] Пока нет ни одного.
    [one] Сейчас их { $count }.
    [few] Сейчас их { $count }.
    [many] Сейчас их { $count }.
   *[other] Сейчас их { $count }.
}
beginning-people = Люди
beginning-text-people = Загрузите список сотрудников или подтвердите тех, кто зарегистрировался сам.
beginning-people-count = { $count ->
    [0] Пока никто не подтверждён; для цифр нужно не меньше { $enough }.
    [one] Подтверждён { $count } человек; для цифр нужно не меньше { $enough }.
    [few] Подтверждены { $count } человека; для цифр нужно не меньше { $enough }.
    [many] Подтверждено { $count } человек; для цифр нужно не меньше { $enough }.
   *[other] Подтверждено { $count } человека; для цифр нужно не меньше { $enough }.
}
beginning-campaign = Кампания
beginning-text-campaign = Пригласите всех сразу или пусть люди проходят опросник от месяца к месяцу.
beginning-campaign-open = Идёт «{ $name }».
beginning-campaign-planned = Сейчас ни одна не идёт.
beginning-campaign-none = Пока ни одной. Без кампании считается месяц.
beginning-publication = День публикации
beginning-text-publication = Цифры появляются, когда закрывается кампания, а без неё — в конце месяца.
beginning-publication-on = Первые появятся { $date }
beginning-wait-title = Пока смотреть не на что
beginning-wait = Цифры вашего отдела появятся здесь, когда закроется первый период.
beginning-nowhere-title = Вы пока ни в одном отделе
beginning-nowhere = Здесь были бы цифры вашего отдела со всем, что в него входит. Попросите отдел кадров добавить вас в отдел.
