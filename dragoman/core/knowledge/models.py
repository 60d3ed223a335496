"""What customers and agents read: articles with their texts, wordings and questions."""

from .article_models import Article, ArticleText, ArticleVersion, Category
from .question_models import ArticleQuestion, Synonym

__all__ = ["Article", "ArticleQuestion", "ArticleText", "ArticleVersion", "Category", "Synonym"]
