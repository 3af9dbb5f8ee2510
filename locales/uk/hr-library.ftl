# Бібліотека для тих, хто її пише.

nav-hr-library = Бібліотека
hr-library-lead = Що читають люди й що може зробити команда. Чернетки видно тільки тут. Щоб опублікувати запис, напишіть його всіма мовами.
hr-library-search = Частина заголовка
library-new = Новий запис
library-edit = Запис бібліотеки
library-to-list = Усі записи
library-state = Стан
library-is-published = Опубліковано
library-is-draft = Чернетка
library-item-title = Заголовок
library-untitled = Без заголовка
library-changed = Змінено
library-audience = Для кого
audience-person = Для однієї людини
audience-team = Для всієї команди
library-minutes = Хвилин за один раз
library-minutes-wrong = Укажіть ціле число хвилин від 1 до 480.
library-dimensions = З чим допомагає
dimension-emotional_exhaustion = Емоційне виснаження
dimension-depersonalization = Відстороненість
dimension-reduced_accomplishment = Відчуття неуспіху
library-levels = За якого рівня підходить
library-duration = Тривалість словами
library-description = Опис
library-description-hint = Що робити, скільки часу, чому це допомагає. Простий текст, його видно і в списках.
library-body = Повний текст
library-body-hint = Для статей. Markdown: # заголовок, **жирний**, - список, [слова](https://…). Можна залишити порожнім.
library-author-field = Автор
library-source-field = Джерело у вигляді посилання на публікацію
library-new-tag = Додати тему
library-choose = Виберіть щось одне.
library-tick-one = { $field }: позначте хоча б одне.
library-missing = { $field }, { $language }: заповніть, будь ласка; опубліковане є кожною мовою.
library-needs-title = Чернетці потрібен заголовок хоча б однією мовою.
library-too-long = { $count ->
    [one] Задовго: не більше ніж { $count } символ.
    [few] Задовго: не більше ніж { $count } символи.
    [many] Задовго: не більше ніж { $count } символів.
   *[other] Задовго: не більше ніж { $count } символу.
}
library-book-needs-author = Книжці потрібен автор.
library-tag-letters = В англійській назві потрібна хоча б одна літера або цифра.
library-preview = Попередній перегляд
library-preview-title = Так це побачать читачі
library-preview-note = Поки що нічого не збережено.
library-publish = Опублікувати
library-save-draft = Зберегти як чернетку
library-unpublish = Прибрати з бібліотеки
library-changed-meanwhile = Поки ви писали, хтось зберіг цей запис. Набране вами нижче, його не збережено; якщо зберегти ще раз, воно замінить чужу правку.
library-see-stored = Подивитися, що збережено зараз (відкриється в новій вкладці)
library-delete = Видалити запис
library-delete-note = Запис жодного разу не публікували, тож його можна видалити назавжди.
library-in-use = Запис постачається з Hearth або вже публікувався і може бути в чиємусь списку: видалити його не можна, але можна прибрати з бібліотеки.
library-last-help = Не збережено. Без цього запису людина з високим результатом не знайде професійної допомоги. Спершу опублікуйте інший запис цієї категорії для високого рівня — про те саме.
flash-library-published = Опубліковано.
flash-library-draft = Збережено як чернетку, читачі її не бачать.
flash-library-deleted = Запис видалено.
