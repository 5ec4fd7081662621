-- A trigger needs nobody's right to call it.
revoke all on function cases.bar_matter() from public;
