"""What customers and agents read: articles with their texts, wordings and questions."""

from .article_models import Article, ArticleText, ArticleVersion, Category
from .question_models import ArticleQuestion, Synonym
from .reading_models import Feedback, ReadingDay, Search, Visiting

__all__ = [
    "Article",
    "ArticleQuestion",
    "ArticleText",
    "ArticleVersion",
    "Category",
    "Feedback",
    "ReadingDay",
    "Search",
    "Synonym",
    "Visiting",
]
