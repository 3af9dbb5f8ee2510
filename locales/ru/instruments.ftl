# Опросники на странице отдела кадров.

nav-instruments = Опросники
instruments-lead = О чём спрашивают сотрудников, во всех версиях. Версия никогда не меняется, чтобы результаты можно было сравнивать.
instruments-name = Опросник
instruments-version = Версия
instruments-languages = Языки
instruments-items = Вопросы
instruments-scales = Шкалы
instruments-scale = Шкала
instruments-licence = Лицензия
instruments-licence-note = Что сказано о лицензии в файле
instruments-licence-not_needed = Не нужна
instruments-licence-attested = Есть
instruments-licence-missing = Ещё не подтверждена
instruments-use = Применение
instruments-current = Для всех проверок вне кампаний
instruments-answered = На него отвечали
instruments-unused = На него пока не отвечали
instruments-campaigns = Кампании
instruments-campaign-count = { $count ->
    [one] { $count } кампания
    [few] { $count } кампании
    [many] { $count } кампаний
   *[other] { $count } кампании
}
instruments-import = Загрузить опросник
instruments-import-text = Владелец лицензии может загрузить проверенный опросник из файла. Формат описан в instruments/README.md. Тот же файл ещё раз ничего не изменит; для другого содержания нужна другая версия.
instruments-file = Файл
instruments-file-hint = TOML, не больше 256 КБ.
instruments-import-submit = Загрузить
instruments-no-file = Выберите файл.
instruments-too-large = Файл слишком большой: не больше 256 КБ.
instruments-not-text = Это не текстовый файл в кодировке UTF-8.
instruments-refused = Ничего не загружено. Где и что не так: { $reason }
instruments-back = Все опросники
instruments-preview = Предпросмотр
instruments-preview-back = Назад к опроснику
instruments-preview-note = Так вопросы видят сотрудники. Отправить отсюда ничего нельзя.
instruments-attested-by = Кто подтвердил: { $name }, { $date }
instruments-attest = Подтвердить лицензию
instruments-attest-text = Пока лицензия не подтверждена, эту версию можно посмотреть, но нельзя выбрать для кампании. Hearth запомнит, кто и когда подтвердил.
instruments-holder = У кого лицензия
instruments-holder-hint = Компания или человек, которым она выдана, и номер, если он есть.
instruments-held = У нас есть лицензия на этот опросник
instruments-tick-held = Поставьте отметку, если лицензия у вас есть.
instruments-attest-submit = Подтвердить
instruments-value = Значение
instruments-sum = Сумма
instruments-mean = Среднее
instruments-minimum = Нужно ответов
instruments-reliability = Надёжность
instruments-sem = Ошибка измерения (SEM)
instruments-real-change = Реальное изменение от
instruments-lacks-sd = В файле есть надёжность, но нет sd, поэтому ошибка измерения неизвестна.
instruments-cut-offs = Границы уровней
instruments-provisional = предварительные
instruments-source = Источник:
instruments-no-cut-offs = В файле нет границ уровней, поэтому у результатов нет уровней.
instruments-figures = Как он измеряет здесь
instruments-figures-text = По опросникам последнего закрытого периода. Только для сведения: результаты и изменения оцениваются по собственным данным версии, которые приведены выше.
instruments-figures-of = { $count ->
    [one] По ответам не меньше { $count } человека за период, который закончился { $date }. Считается один раз, когда период закрыт.
    [few] По ответам не меньше { $count } человек за период, который закончился { $date }. Считается один раз, когда период закрыт.
    [many] По ответам не меньше { $count } человек за период, который закончился { $date }. Считается один раз, когда период закрыт.
   *[other] По ответам не меньше { $count } человека за период, который закончился { $date }. Считается один раз, когда период закрыт.
}
instruments-too-few = Эти данные появятся, когда закроется период, в котором ответили не меньше 100 человек.
instruments-alpha = α Кронбаха
instruments-sd = Стандартное отклонение
instruments-number = №
instruments-item = Вопрос
instruments-correlation = Корреляция с остальной шкалой
flash-instrument-imported = Опросник загружен.
flash-instrument-attested = Лицензия подтверждена. Теперь версию можно выбрать для кампании.
