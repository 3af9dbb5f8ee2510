# Бібліотека для читачів.

library-title = Бібліотека
library-lead = Вправи, звички, статті й книжки про втому, відпочинок, межі та роботу, у якій є сенс. Читати все підряд не потрібно.
library-search = Пошук
library-kind = Що це
library-category = Про що
library-any = Байдуже
library-show = Показати
library-all = Показати все
library-tags = Теми
library-none = У бібліотеці нічого такого немає. Спробуйте інше слово або приберіть частину умов.
library-from-start = На початок
library-more = Далі
library-back = Уся бібліотека
library-author = Автор:
library-related = Близьке за темою
library-on-my-list = Це є у вашому списку:
library-unpublished = Цієї сторінки в бібліотеці більше немає. Ви можете її читати, бо вона у вашому списку.
