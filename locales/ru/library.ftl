# Библиотека для читателей.

library-title = Библиотека
library-lead = Упражнения, привычки, статьи и книги об усталости, отдыхе, границах и работе, в которой есть смысл. Читать всё подряд не нужно.
library-search = Поиск
library-kind = Что это
library-category = О чём
library-any = Не важно
library-show = Показать
library-all = Показать всё
library-tags = Темы
library-none = В библиотеке ничего такого нет. Попробуйте другое слово или уберите часть условий.
library-from-start = В начало
library-more = Дальше
library-back = Вся библиотека
library-author = Автор:
library-related = Близкое по теме
library-on-my-list = Это есть в вашем списке:
library-unpublished = Этой страницы в библиотеке больше нет. Вы можете её читать, потому что она в вашем списке.
