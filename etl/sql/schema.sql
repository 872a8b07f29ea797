-- The release: one immutable DuckDB file. This schema is the contract between etl and everything that reads a release.
-- Times are local wall-clock times of the collecting office (no zone); dates are calendar dates.

-- One row: the release itself.
create table release_info (
    release_id varchar not null,            -- hash of inputs, catalogue, program, schema version and the last due moment passed
    schema_version integer not null,
    built_at timestamp not null,            -- wall clock of the load; the only column that differs between equal builds
    inputs_sha256 varchar not null          -- hash over all input files (path below the loaded folder, bytes)
);

-- One row per collecting office.
create table jurisdiction (
    jurisdiction_id varchar primary key,
    unit_id varchar not null,               -- the unit that stands for the whole, e.g. 500000
    name_zh varchar not null,
    name_en varchar not null,
    position integer not null
);

-- One row per form.
create table form (
    form_id varchar primary key,
    title_zh varchar not null,
    title_en varchar not null,
    source_zh varchar not null,
    source_en varchar not null,
    completeness varchar not null,          -- complete, partial, assumed, published
    note_zh varchar,
    note_en varchar,
    hotlines varchar[] not null             -- numbers for public reports that the form names
);

-- One row per jurisdiction and year.
create table campaign (
    campaign_id varchar primary key,
    jurisdiction_id varchar not null,
    year integer not null,
    form_id varchar,                        -- null: the campaign asks for no table
    title_zh varchar not null,
    title_en varchar not null,
    theme varchar not null,                 -- theme in Chinese, '' when unknown
    theme_en varchar not null,
    tour_zh varchar not null,
    document_no varchar not null,
    basis varchar not null,                 -- notice, assumed, published
    starts_on date not null,
    ends_on date not null,
    tour_ends_on date,
    table_due_on date,
    layer_id varchar,                       -- map layer valid at starts_on; null: no map
    is_sample boolean not null,             -- some of its submissions are synthetic
    has_data boolean not null               -- some submission of it is current
);

-- One row per form and activity, in the form's order.
create table activity (
    form_id varchar not null,
    activity_id varchar not null,
    position integer not null,
    title_zh varchar not null,
    title_en varchar not null,
    short_zh varchar not null,
    short_en varchar not null,
    is_optional boolean not null,
    primary key (form_id, activity_id)
);

-- One row per concept: what an indicator measures, across forms.
create table concept (
    concept_id varchar primary key,
    quantity varchar not null,              -- participation, audience, events, articles, items, flag, text
    label_zh varchar not null,
    label_en varchar not null
);

-- One row per form and blank; position counts the form's blanks 1..N in reading order.
create table indicator (
    indicator_id varchar not null,
    form_id varchar not null,
    activity_id varchar not null,
    position integer not null,
    label_zh varchar not null,
    label_en varchar not null,
    unit varchar not null,                  -- unit as printed, '' for flags and texts
    unit_en varchar not null,
    kind varchar not null,                  -- count, flag, text
    concept_id varchar not null,
    primary key (form_id, indicator_id)
);

-- One row per unit: legal units, functional zones, and the jurisdictions themselves.
create table unit (
    unit_id varchar primary key,
    jurisdiction_id varchar not null,
    name varchar not null,
    short_name varchar not null,
    name_en varchar not null,
    kind varchar not null,                  -- district, county, city, zone, jurisdiction, department, enterprise
    adcode varchar,
    parent_id varchar,
    position integer not null,              -- administrative order
    valid_from date,
    valid_to date,
    lon double,
    lat double,
    population bigint                       -- newest known denominator; null when none is known
);

-- One row per unit and period of a denominator; units without a known figure have no row.
create table unit_population (
    unit_id varchar not null,
    valid_from date,
    valid_to date,
    population bigint not null,
    is_census boolean not null,
    source_zh varchar not null,
    note_zh varchar,
    note_en varchar
);

-- One row per campaign and unit expected to report.
create table roster (
    campaign_id varchar not null,
    unit_id varchar not null,
    position integer not null,
    population bigint,                      -- denominator valid at the campaign; null when unknown
    population_note_zh varchar,
    population_note_en varchar,
    primary key (campaign_id, unit_id)
);

-- One row per file and form in it. A collected workbook is one submission with unit_id null.
create table submission (
    submission_id varchar primary key,
    campaign_id varchar,                    -- null when it could not be told (refused)
    unit_id varchar,
    source_name varchar not null,           -- path below the loaded folder, after the folder's own name where several were loaded
    source_sha256 varchar not null,
    source_format varchar not null,         -- docx, xlsx, xls, csv, ... by content
    report_date date,
    received_at timestamp,
    revision integer,                       -- 1, 2, ... of one unit in one campaign by report date, then arrival
    status varchar not null,                -- current, superseded, refused
    is_sample boolean not null,
    also_named varchar[] not null,          -- other names under which the same bytes arrived
    part integer not null                   -- which form of the file, from 0
);

-- One row per submission, unit and blank of the form; superseded ones included. A flag's value is 1 or 0.
create table fact (
    submission_id varchar not null,
    campaign_id varchar,                    -- null: the campaign is not known (never current)
    unit_id varchar,                        -- null: the unit is not known (never current)
    indicator_id varchar not null,
    value double,                           -- null: no number (see state)
    text varchar,
    qualifier varchar not null,             -- exact, approx, at_least, at_most, range
    state varchar not null,                 -- reported, explicit_zero, not_filled, not_applicable, pending, ...
    raw varchar,                            -- what was typed
    place varchar not null,                 -- table, row, cell and slot, or sheet and cell
    low double,                             -- bounds of a range
    high double,
    flags varchar[] not null,               -- rules that have something to say about the reading
    decision_id varchar,                    -- the decision that set the value; what was typed stays in raw
    is_current boolean not null
);

-- The facts that count.
create view current_fact as select * exclude (is_current) from fact where is_current;

-- Whether a blank in this state was answered in any way; the one place that says so in SQL (in Python: EMPTY of etl/interpret/reading.py).
create macro is_answer(state) as state not in ('not_filled', 'row_missing', 'not_reported', 'not_asked');

-- One row per submission and unit in it: current, superseded (another one counts for this unit), empty (nothing answered), refused.
-- A collected workbook may count for one unit and not for another.
create view unit_standing as
select
    f.campaign_id, f.submission_id, f.unit_id,
    case
        when any_value(s.status) = 'refused' then 'refused'
        when not bool_or(is_answer(f.state)) then 'empty'
        when bool_or(f.is_current) then 'current'
        else 'superseded'
    end as status
from fact f join submission s using (submission_id)
where f.unit_id is not null
group by f.campaign_id, f.submission_id, f.unit_id;

-- One row per collected table of several units and blank of the form that it has no column for.
create table blank_not_asked (
    submission_id varchar not null,
    indicator_id varchar not null
);

-- The facts that count, a blank that the unit's table never asked for in a state of its own, not_asked: no omission of the unit's.
create view current_blank as
select f.* replace (case when n.indicator_id is not null and f.state = 'row_missing' then 'not_asked' else f.state end as state)
from current_fact f left join blank_not_asked n using (submission_id, indicator_id);

-- Whether an activity in this state was asked of the unit: counts in the share of activities held.
create macro is_asked(state) as state not in ('not_applicable', 'not_asked');

-- One row per submission and unit with an answer in it: a form sent back blank is no report.
create view answered as
select distinct submission_id, campaign_id, unit_id, is_current
from fact where is_answer(state) and unit_id is not null;

-- One row per fact that quotes a published source.
create table fact_source (
    submission_id varchar not null,
    indicator_id varchar not null,
    quote varchar not null,
    source varchar not null,
    url varchar not null
);

-- One row per rule.
create table rule (
    rule varchar primary key,
    level varchar not null,
    title_zh varchar not null,
    title_en varchar not null,
    misleads_zh varchar,                    -- when the rule misleads
    misleads_en varchar,
    dimension varchar not null              -- of data quality: internal, time, reading
);

-- One row per finding about a file, a unit or a value.
create table finding (
    finding_id varchar primary key,
    level varchar not null,                 -- error, warning, note
    rule varchar not null,
    submission_id varchar,
    campaign_id varchar,
    unit_id varchar,
    indicator_id varchar,
    place varchar not null,
    found varchar not null,
    expected varchar not null,
    proposal varchar,                       -- a guess; shown, never counted
    message_zh varchar not null,
    message_en varchar not null,
    state varchar not null,                 -- open, corrected (a decision set the value), explained (looked at, right as it is)
    remedy_zh varchar not null,             -- the end of the message that says what a clerk is to do about it; '' where it says nothing
    remedy_en varchar not null
);

-- What a finding says of the figures, without what a clerk is to do about it.
create macro without_remedy(message, remedy) as left(message, length(message) - length(remedy));

-- One row per value that counts and that an open finding takes for a slip: the guess ('' for none), and how far a sum would move.
create view doubtful_value as
select
    f.campaign_id, f.unit_id, f.indicator_id, x.value, coalesce(f.proposal, '') as proposal,
    -- Why it is taken for that slip: the figure that was expected.
    if(f.proposal is null, '', f.expected) as usual,
    -- Without a proposal the figure that was expected stands in for it.
    abs(x.value - coalesce(
        try_cast(replace(f.proposal, ',', '') as double), try_cast(replace(f.expected, ',', '') as double), 0
    )) as off
from finding f
join current_fact x
    on x.submission_id = f.submission_id and x.campaign_id = f.campaign_id
    and x.unit_id = f.unit_id and x.indicator_id = f.indicator_id
join campaign c on c.campaign_id = f.campaign_id
join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id
join concept k on k.concept_id = i.concept_id
-- An audience may be several times the population, people who take part may not.
where (f.rule in ('scale_suspect', 'implausible') or (f.rule = 'above_population' and k.quantity = 'participation'))
    and f.state = 'open' and x.value is not null
qualify row_number() over (
    partition by f.campaign_id, f.unit_id, f.indicator_id order by f.proposal is null, f.finding_id
) = 1;

-- One row per report and basis of an expectation: how many of its positive counts could be judged against it.
create table judged (
    campaign_id varchar not null,
    unit_id varchar not null,
    basis varchar not null,                 -- own (the unit's other years), peers (the year's other units)
    n_values integer not null,
    n_judged integer not null,              -- enough history, enough peers
    primary key (campaign_id, unit_id, basis)
);

-- One row per unit expected and dimension of data quality (WHO data quality toolkit): n_good of n_all; n_all 0: not judged.
create table quality_score (
    campaign_id varchar not null,
    unit_id varchar not null,
    dimension varchar not null,             -- completeness, timeliness, internal, time
    n_good integer not null,
    n_all integer not null,                 -- blanks of the report received, reports due, counts, counts with enough history
    is_whole_doubted boolean not null,      -- a finding about the whole report (a copy) leaves none of its counts good
    primary key (campaign_id, unit_id, dimension)
);

-- One row per decision of the collecting office, withdrawn ones included.
create table decision (
    decision_id varchar primary key,
    decided_at timestamp not null,
    decided_by varchar not null,
    kind varchar not null,                  -- value, accept, explain, unit, campaign, column, reject
    reason varchar not null,
    source_sha256 varchar not null,
    source_name varchar not null,
    part integer not null,
    unit_id varchar not null,               -- '' where it doesn't apply, like the next four
    indicator_id varchar not null,
    rule varchar not null,
    expect varchar not null,                -- what stood there when it was decided
    value varchar not null,
    state varchar not null,                 -- applied, lapsed (the source says something else now), superseded (a newer file counts), withdrawn
    found varchar not null                  -- what the source says now where it lapsed, the newer file's name where it is superseded, the decision that repeats it where it is withdrawn for that
);

-- One row per measure a page can show.
create table measure (
    measure_id varchar primary key,
    position integer not null,
    kind varchar not null,                  -- sum, coverage
    unit_zh varchar not null,
    unit_en varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    hue varchar not null,
    per_capita boolean not null,
    from_published boolean not null,
    definition_zh varchar not null,
    definition_en varchar not null
);

-- One row per form and measure that it asks for: the unit in which that form counts it.
create table measure_unit (
    form_id varchar not null,
    measure_id varchar not null,
    unit_zh varchar not null,               -- of its blanks, where they have one; else the measure's own, which holds them all
    unit_en varchar not null,
    primary key (form_id, measure_id)
);

-- One row per measure and concept it adds or leaves out.
create table measure_concept (
    measure_id varchar not null,
    concept_id varchar not null,
    is_added boolean not null,
    reason_zh varchar,
    reason_en varchar
);

-- One row per campaign and unit expected: did it report, how full is its table.
create table unit_report (
    campaign_id varchar not null,
    unit_id varchar not null,
    state varchar not null,                 -- reported, not_reported
    submission_id varchar,
    source_name varchar,
    report_date date,
    received_at timestamp,
    due_on date,
    days_late integer,                      -- by arrival against due_on; 0 on time, null unknown
    n_blanks integer not null,              -- blanks that its table asks for
    n_reported integer not null,            -- numbers, texts and ticks read, zeros included; not ranges (3-6)
    n_zero integer not null,
    n_not_applicable integer not null,
    n_not_filled integer not null,
    n_withheld integer not null,            -- something was typed, but no value is counted
    n_not_asked integer not null,           -- blanks of the form that its collected table has no column for
    n_errors integer not null,
    n_warnings integer not null,
    primary key (campaign_id, unit_id)
);

-- One row per campaign, unit, measure and activity that holds some of the measure's indicators.
create table measure_activity_value (
    campaign_id varchar not null,
    unit_id varchar not null,
    measure_id varchar not null,
    activity_id varchar not null,
    value double,                           -- null: nothing reported; a sum of nothing is nothing
    state varchar not null,                 -- as in measure_value
    qualifier varchar not null,
    n_reported integer not null,
    n_expected integer not null
);

-- One row per campaign, unit expected and measure.
create table measure_value (
    campaign_id varchar not null,
    unit_id varchar not null,
    measure_id varchar not null,
    value double,
    state varchar not null,                 -- reported, partial (some blanks have no number); without a value: not_reported, not_filled
                                            -- (left blank), not_applicable, not_asked (the unit's table has no place for it),
                                            -- no_value (something stands there that is no one number)
    qualifier varchar not null,             -- exact, approx, at_least, ...: the weakest of its parts
    n_reported integer not null,            -- indicators with a number
    n_expected integer not null             -- indicators of the measure in the form
);

-- One row per campaign and measure.
create table measure_total (
    campaign_id varchar not null,
    measure_id varchar not null,
    value double,
    qualifier varchar not null,
    n_units_reported integer not null,      -- units with a value of this measure
    n_units_expected integer not null
);

-- One row per campaign, unit expected and activity of its form.
create table activity_held (
    campaign_id varchar not null,
    unit_id varchar not null,
    activity_id varchar not null,
    state varchar not null,                 -- held, zero, not_filled, not_applicable, not_asked, unclear, not_reported
    n_reported integer not null,
    n_blanks integer not null
);

-- One row per base form, later form and indicator pair, as declared in the catalogue; pairs inside one form are not listed.
create table comparison_pair (
    base_form_id varchar not null,
    form_id varchar not null,
    pair_no integer not null,
    base_indicator_ids varchar[] not null,
    indicator_ids varchar[] not null,
    grade varchar not null,                 -- same, close, close_after_sum, refuse
    is_break boolean not null,
    is_group boolean not null,              -- comparable only together; some stand in another pair too, so no total adds them
    reason_zh varchar not null,
    reason_en varchar not null
);

-- One row per boundary change that a comparison must bridge or refuse.
create table unit_bridge (
    jurisdiction_id varchar not null,
    changed_on date not null,
    base_unit_ids varchar[] not null,
    unit_id varchar not null,
    grade varchar not null,                 -- close, refuse
    reason_zh varchar not null,
    reason_en varchar not null
);

-- One row per measure, pair of years, unit and comparable indicator pair with numbers on both sides.
create table comparison_detail (
    jurisdiction_id varchar not null,
    measure_id varchar not null,
    year integer not null,
    base_year integer not null,
    unit_id varchar not null,
    activity_id varchar not null,           -- activity of the later form
    indicator_ids varchar[] not null,
    base_indicator_ids varchar[] not null,
    grade varchar not null,
    value double not null,
    base_value double not null,
    n_approx integer not null,              -- of the values added up on both sides, those that are about so many or ranges
    n_at_least integer not null,
    n_at_most integer not null,
    qualifier varchar not null,             -- of value: exact, approx, at_least, at_most
    base_qualifier varchar not null
);

-- One row per pair of years, group of indicators that compares only as a whole (comparison_pair.is_group) and unit with both sides.
create table comparison_group (
    jurisdiction_id varchar not null,
    year integer not null,
    base_year integer not null,
    pair_no integer not null,
    unit_id varchar not null,
    value double not null,                  -- sum of the group's indicators; not part of any measure's total
    base_value double not null,
    qualifier varchar not null,             -- of value: exact, approx, at_least, at_most
    base_qualifier varchar not null
);

-- One row per measure, pair of years and unit; unit_id null is the like-for-like total.
create table comparison (
    jurisdiction_id varchar not null,
    measure_id varchar not null,
    year integer not null,
    base_year integer not null,
    unit_id varchar,
    value double,                           -- like for like: only what is comparable
    base_value double,
    change double,
    pct double,                             -- null: zero or tiny base, percent measures, refused
    grade varchar not null,                 -- same, close, close_after_sum, refuse, missing
    n_units integer not null,               -- units with numbers in both years (1 or 0 in a unit's row)
    n_units_expected integer not null,
    note_zh varchar not null,
    note_en varchar not null,
    qualifier varchar not null default 'exact',       -- of value: exact, approx, at_least, at_most
    base_qualifier varchar not null default 'exact'
);

-- One row per measure (kind sum), pair of years, unit and part: what each year's whole total consists of beside the comparable part.
-- Over all rows, value adds up to the later year's total and base_value to the base year's.
create table change_part (
    jurisdiction_id varchar not null,
    measure_id varchar not null,
    year integer not null,
    base_year integer not null,
    unit_id varchar not null,               -- unit of the later year; a base unit that nothing stands for keeps its own id
    part varchar not null,                  -- comparable, blanks (filled in one year only), form (no comparable partner),
                                            -- units (the unit has a figure in one year only), districts (boundaries changed)
    value double,                           -- null: no number of this part in that year; 0 was reported
    base_value double
);

-- One row per campaign, unit that reported and ratio that survives changes of the form.
create table unit_ratio (
    campaign_id varchar not null,
    unit_id varchar not null,
    ratio_id varchar not null,              -- attendance_per_event, share_filled, share_zero, cases_per_month, days_late
    numerator double not null,
    denominator double not null,            -- never 0; a group's ratio is sum by sum
    n_parts integer not null                -- pairs of blanks, blanks, months or submissions behind it
);

-- One row per unit's ratio and doubtful value in it.
create table ratio_doubt (
    campaign_id varchar not null,
    unit_id varchar not null,
    ratio_id varchar not null,
    indicator_id varchar not null,
    value double not null,
    proposal varchar not null,              -- a guess, '' for none
    usual varchar not null,                 -- the figure that was expected where there is a guess
    off double not null,                    -- how far the numerator, or the denominator, would move
    is_denominator boolean not null
);

-- One row per campaign, unit, duty and period, as known at its campaign's reporting_clock.
create table duty_status (
    campaign_id varchar not null,
    unit_id varchar not null,
    duty_id varchar not null,
    kind varchar not null,
    label_zh varchar not null,
    label_en varchar not null,
    quote varchar not null,
    period varchar not null,                -- '' once, '2021-06' month, '2021-06-03' the Thursday of a week
    due_at timestamp not null,
    met_at timestamp,
    state varchar not null,                 -- met, met_late, soft, missing, not_due, not_applicable, no_evidence
    evidence varchar not null
);

-- One row per map layer.
create table map_layer (
    layer_id varchar primary key,
    jurisdiction_id varchar not null,
    file_name varchar not null,             -- below static/geo
    sha256 varchar not null,
    n_units integer not null,
    min_lon double not null,
    min_lat double not null,
    max_lon double not null,
    max_lat double not null,
    inset json,                             -- {bounds, unit_ids, title_zh, title_en} or null
    source_zh varchar not null,
    source_en varchar not null
);

-- One row per act that a register of duties or a log of cases names.
create table evidence (
    campaign_id varchar not null,
    unit_id varchar not null,
    kind varchar not null,                  -- plan, summary, liaison, weekly_report, case_exposed, case_reported, ...
    happened_at timestamp,                  -- null: said to have been done, without a date (soft evidence)
    known_at timestamp not null,            -- from when it counts: its own date, else the file's arrival
    period varchar not null,                -- the period it says it is for: '2021-07', 'W2'; '' when it does not say
    amount integer,                         -- as registered: characters of a summary
    note varchar not null,
    submission_id varchar not null
);

-- One row per duty and campaign of the catalogue, one per due date.
create table duty (
    duty_id varchar not null,
    campaign_id varchar not null,
    position integer not null,              -- order of the notice
    kind varchar not null,                  -- what is asked for: plan, table, weekly_report, field, ...
    period varchar not null,                -- once, weekly, monthly
    due_no integer not null,
    period_key varchar not null,            -- '' once, '2021-06' month, '2021-06-03' the Thursday of a week
    due_on date not null,                   -- the day as the notice has it
    due_at timestamp not null,              -- the last moment in time, under the settings
    is_dated boolean not null,              -- the notice sets a date for it; without one nothing is late
    counts_from timestamp,                  -- acts from here
    counts_to timestamp,                    -- to here (exclusive) count; null: whenever
    due_time varchar,                       -- the hour the notice names
    min_count integer not null,
    max_amount integer,                     -- limit of what is sent, in characters
    evidence_indicator_id varchar,          -- the table's blank that speaks for it
    applies_to varchar[] not null,          -- kinds of unit; empty: all of the roster
    owed_by varchar not null,               -- units, office (the collecting office itself)
    is_report boolean not null,             -- something sent in: counted by the reporting rates
    names_period boolean not null,
    basis varchar not null,                 -- notice, assumed
    label_zh varchar not null,
    label_en varchar not null,
    short_zh varchar not null,
    short_en varchar not null,
    quote varchar not null,
    note_zh varchar not null,
    note_en varchar not null
);

-- One row per campaign: up to when its duties' states are told.
create table reporting_clock (
    campaign_id varchar primary key,
    as_of timestamp,                        -- its own last arrival or the last due moment that had passed; null: neither yet
    known_until timestamp                   -- samples: when the last of all came; null: the moment of the load (release_info.built_at)
);

-- One row per campaign with submissions, unit, duty and due date: who owes what.
create table duty_unit (
    campaign_id varchar not null,
    unit_id varchar not null,
    duty_id varchar not null,
    due_no integer not null,
    applies boolean not null,
    is_tracked boolean not null             -- evidence of this kind is kept for the campaign at all
);

-- One row per act that counts for a unit's due date, from when to when it counts.
create table duty_act (
    campaign_id varchar not null,
    unit_id varchar not null,
    duty_id varchar not null,
    due_no integer not null,
    known_at timestamp not null,
    known_until timestamp,                  -- a correction took its place then; null: still counts
    met_at timestamp,                       -- null: soft evidence, no date
    amount integer,
    evidence varchar not null               -- what a reader sees: the entry's note, or the table's blank
);

-- The states of all duties as known at a moment (null: at each campaign's clock): one row per campaign, unit, duty and due date.
create macro duty_status_at(moment) as table
select
    e.campaign_id, e.unit_id, e.duty_id, e.due_no, d.position, d.kind, d.period, d.period_key, d.due_on, d.due_at,
    d.owed_by, d.is_report, a.moments[d.min_count] as met_at,
    case
        when not e.applies then 'not_applicable'
        when a.moments[d.min_count] <= d.due_at or (a.moments[d.min_count] is not null and not d.is_dated) then 'met'
        when a.moments[d.min_count] is not null then 'met_late'
        when (d.due_at <= coalesce(moment, k.as_of)) is not true then 'not_due'
        when a.n_soft > 0 then 'soft'
        when not e.is_tracked then 'no_evidence'
        else 'missing'
    end as state,
    coalesce(a.amount > d.max_amount, false) as is_over_limit,
    coalesce(a.amount, 0) as amount,
    coalesce(a.evidence, '') as evidence
from duty_unit as e
inner join duty as d using (campaign_id, duty_id, due_no)
inner join reporting_clock as k using (campaign_id)
left join (
    select
        campaign_id, unit_id, duty_id, due_no,
        list_sort(list(met_at) filter (where met_at is not null)) as moments,
        count(*) filter (where met_at is null) as n_soft,
        arg_min(amount, met_at) as amount,
        arg_min(evidence, (coalesce(met_at, known_at), evidence)) as evidence
    from duty_act as t
    inner join reporting_clock as c using (campaign_id)
    where t.known_at <= coalesce(moment, c.as_of) and (t.known_until is null or t.known_until > coalesce(moment, c.as_of))
    group by all
) as a using (campaign_id, unit_id, duty_id, due_no);

-- Settings of the catalogue that marts use.
create table setting (
    name varchar primary key,
    value double not null
);

-- Whether a unit belongs to a reader's selection: 'zone', 'district' (all that are no zones), or ids parted by commas.
create macro in_scope(scope, unit_id, kind) as
    case
        when scope in ('zone', 'district') then (scope = 'zone') = (kind = 'zone')
        else list_contains(string_split(scope, ','), unit_id)
    end;

-- What a sum is of numbers of these kinds: one rough part makes it rough, and so do lower and upper bounds together.
create macro weakest(qualifiers) as
    case
        when list_has_any(qualifiers, ['approx', 'range']) or list_has_all(qualifiers, ['at_least', 'at_most']) then 'approx'
        when list_contains(qualifiers, 'at_least') then 'at_least'
        when list_contains(qualifiers, 'at_most') then 'at_most'
        else 'exact'
    end;

-- Where a place stands in its file, to sort by: its numbers from outside in (table, row, column; row and column of a sheet, whose letters
-- count as digits; page, top, left of a scan). Empty for the file as a whole.
create macro column_number(letters) as
    list_sum(list_transform(
        string_split(letters, ''), lambda x, i: (ord(x) - 64) * (26 ** (length(letters) - i))::bigint
    ))::bigint;
create macro in_document(place) as
    case
        when regexp_matches(place, '![A-Z]{1,3}\d{1,7}$') then [
            regexp_extract(place, '(\d+)$', 1)::bigint, column_number(regexp_extract(place, '!([A-Z]+)\d+$', 1))
        ]
        when not regexp_matches(place, '[行段页空框]\d') then []
        when starts_with(place, '框')
            then list_transform(list_select(regexp_extract_all(place, '\d{1,9}'), [1, 3, 2]), lambda x: x::bigint)
        else list_transform(regexp_extract_all(place, '\d{1,9}'), lambda x: x::bigint)
    end;
