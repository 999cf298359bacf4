-- How far what stands at the payment provider was gone through: a single event that comes after an outage says nothing of
-- those before it.
create table provider_marks (
  -- events: those made until then were listed. reconciled: what was made until then was looked at.
  name text primary key check (name in ('events', 'reconciled')),
  at timestamptz not null check (isfinite(at))
);
call app.shut('provider_marks');
grant select, insert, update on provider_marks to maxis_payments;
create policy payments on provider_marks to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
