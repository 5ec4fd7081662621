-- A trigger needs nobody's right to call it.
revoke all on function intake.bar_reports() from public;
