"""What customers and agents read: articles with their texts, wordings, questions and files, and their index."""

from .article_models import Article, ArticleText, ArticleVersion, Category
from .file_models import ArticleFile
from .learning_models import Path, PathStep, SignUp, Webinar
from .origin_models import ArticleOrigin
from .passage_models import IndexState, Passage
from .question_models import ArticleQuestion, Synonym
from .reading_models import Feedback, ReadingDay, Search, Visiting

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleOrigin",
    "ArticleQuestion",
    "ArticleText",
    "ArticleVersion",
    "Category",
    "Feedback",
    "IndexState",
    "Passage",
    "Path",
    "PathStep",
    "ReadingDay",
    "Search",
    "SignUp",
    "Synonym",
    "Visiting",
    "Webinar",
]
