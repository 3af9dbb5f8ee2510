# Библиотека для тех, кто её пишет.

nav-hr-library = Библиотека
hr-library-lead = Что читают люди и что может сделать команда. Черновики видны только здесь. Чтобы опубликовать запись, напишите её на всех языках.
hr-library-search = Часть заголовка
library-new = Новая запись
library-edit = Запись библиотеки
library-to-list = Все записи
library-state = Состояние
library-is-published = Опубликовано
library-is-draft = Черновик
library-item-title = Заголовок
library-untitled = Без заголовка
library-changed = Изменено
library-audience = Для кого
audience-person = Для одного человека
audience-team = Для всей команды
library-minutes = Минут за один раз
library-minutes-wrong = Укажите целое число минут от 1 до 480.
library-dimensions = С чем помогает
dimension-emotional_exhaustion = Эмоциональное истощение
dimension-depersonalization = Отстранённость
dimension-reduced_accomplishment = Ощущение неуспеха
library-levels = При каком уровне подходит
library-duration = Длительность словами
library-description = Описание
library-description-hint = Что делать, сколько времени, почему это помогает. Простой текст, он виден и в списках.
library-body = Полный текст
library-body-hint = Для статей. Markdown: # заголовок, **жирный**, - список, [слова](https://…). Можно оставить пустым.
library-author-field = Автор
library-source-field = Источник в виде ссылки на публикацию
library-new-tag = Добавить тему
library-choose = Выберите что-нибудь.
library-tick-one = { $field }: отметьте хотя бы одно.
library-missing = { $field }, { $language }: заполните, пожалуйста; опубликованное есть на каждом языке.
library-needs-title = У черновика должен быть заголовок хотя бы на одном языке.
library-too-long = { $count ->
    [one] Слишком длинно: не больше { $count } символа.
    [few] Слишком длинно: не больше { $count } символов.
    [many] Слишком длинно: не больше { $count } символов.
   *[other] Слишком длинно: не больше { $count } символа.
}
library-book-needs-author = У книги должен быть автор.
library-tag-letters = В английском названии нужна хотя бы одна буква или цифра.
library-preview = Предпросмотр
library-preview-title = Так это увидят читатели
library-preview-note = Пока ничего не сохранено.
library-publish = Опубликовать
library-save-draft = Сохранить как черновик
library-unpublish = Убрать из библиотеки
library-changed-meanwhile = Пока вы писали, кто-то сохранил эту запись. Набранное вами ниже, оно не сохранено; если сохранить ещё раз, оно заменит чужую правку.
library-see-stored = Посмотреть, что сохранено сейчас (откроется в новой вкладке)
library-delete = Удалить запись
library-delete-note = Запись ни разу не публиковалась, поэтому её можно удалить насовсем.
library-in-use = Запись входит в поставку Hearth или уже публиковалась и может быть в чьём-то списке: удалить её нельзя, но можно убрать из библиотеки.
library-last-help = Не сохранено. Без этой записи человек с высоким результатом не найдёт профессиональной помощи. Сначала опубликуйте другую запись этой категории для высокого уровня — о том же.
flash-library-published = Опубликовано.
flash-library-draft = Сохранено как черновик, читатели его не видят.
flash-library-deleted = Запись удалена.
