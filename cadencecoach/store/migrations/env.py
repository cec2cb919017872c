"""Run by alembic: the steps are taken over the connection that is handed in, within its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
