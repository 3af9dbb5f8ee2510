# The library as people read it.

library-title = Library
library-lead = Exercises, habits, articles and books on tiredness, rest, limits and work that means something. You need not read all of it.
library-search = Search
library-kind = Kind
library-category = Area
library-any = Any
library-show = Show
library-all = Show everything
library-tags = Topics
library-none = Nothing in the library fits. Try another word or fewer conditions.
library-from-start = From the start
library-more = More
library-back = The whole library
library-author = By
library-related = Goes with it
library-on-my-list = This is on your list:
library-unpublished = This page is no longer in the library. You can still read it because it is on your list.
