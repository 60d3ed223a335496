"""What makes a table a tenant's."""

from django.db import models


class InWorkspace(models.Model):
    """The base of every tenant table: no plain foreign key on the workspace, the composite keys do that work.

    (A row lock on the one workspace row for each insert would make all of a tenant's commits queue.)
    """

    workspace = models.ForeignKey("accounts.Workspace", models.CASCADE, db_constraint=False, db_index=False)

    class Meta:
        abstract = True
