-- One row per report and rule that needs a history or peers: how many of its positive counts could be judged.
insert into judged
select
    v.campaign_id, v.unit_id, x.basis, count(*) as n_values,
    count(*) filter (case x.basis when 'own' then coalesce(v.n_own, 0) > 0 else coalesce(v.n_peers, 0) > 0 end) as n_judged
from on_value v cross join (values ('own'), ('peers')) x (basis)
where v.value > 0 and v.unit_id is not null
group by all;
