// Sets: what is asked of members that an anchor reaches by one link, and a subject's place among its kind.
#include "engine/columns/compiler.h"
#include "evidence/core/check.h"

namespace assay::columns {

namespace {

[[noreturn]] void no(std::string why) { throw NoPlan{std::move(why)}; }

}  // namespace

// For each link the row of one of its ends.
Index Compiler::through_end(KindId relation, bool to) {
  const auto [found, fresh] = ends_.try_emplace({relation.index, to}, static_cast<Index>(plan_.indices.size()));
  if (fresh) {
    const Frame& links = world_.frames[relation.index];
    plan_.indices.push_back(to ? links.to : links.from);
  }
  return found->second;
}

// `each council in at least 1 ics`: how many links each anchor has at the least.
std::uint32_t Compiler::links_demanded(const Hop& hop) const {
  std::uint32_t least = 0;
  for (std::uint32_t index = 0; index < book_.tree.decl_count(); ++index) {
    const auto* relation = std::get_if<ast::RelationDecl>(&book_.tree.decl({index}));
    if (!relation || book_.schema.find_kind(relation->name.text) != hop.relation) continue;
    for (const auto& demand : relation->each)
      if ((demand.kind.text == relation->from.text) == hop.forward) least = demand.at_least;
  }
  return least;
}

// What is asked of each member, over the links by which they are reached.
std::optional<Made> Compiler::of_member(const ast::SetOf& set, const std::optional<ast::Relation>& each,
                                        const Site::Reach& member, Site& link) {
  const auto& ref = std::get<SetRef>(book_.resolved[set.set.index]);
  if (!ref.value) return set.meet ? std::optional<Made>(condition(expr(*set.meet, link), link)) : std::nullopt;
  if (const auto* of = std::get_if<FieldOf>(&*ref.value)) {
    Made value = field(of->field, member, link);
    return each ? compare(value, *each, set.set, book_.schema.field(of->field).type, link) : value;
  }
  const RuleId of = answering(std::get<RuleOf>(*ref.value));
  const Done& done = rule(of);
  Made value = load(done.column, done.shape, link, member.through);
  return each ? compare(value, *each, set.set, book_.type(book_.rule(of).type), link) : value;
}

namespace {

NumberColumn room_for(std::size_t rows, const NumberValue& shape) {
  NumberColumn made;
  made.places = shape.places;
  made.least = shape.least, made.greatest = shape.greatest;
  made.low = made.high = Lanes::between(shape.least, shape.greatest, rows);
  made.state.resize(rows);
  made.block.resize((rows + kBlock - 1) / kBlock);
  return made;
}

}  // namespace

std::pair<Column, Made> Compiler::reduced(Reduce& reduce, const std::optional<Made>& value, std::size_t rows,
                                          Site& link) {
  using Op = ast::AggregateOp;
  constexpr State kAll = 0xff;
  const auto links = static_cast<std::int64_t>(world_.frames[reduce.hop.relation.index].rows);
  const auto* op = std::get_if<Op>(&reduce.what);
  if (!op || *op == Op::Count) {
    bool may_not_apply = false;
    if (value) {
      const ConditionValue of = condition(*value, link);
      may_not_apply = of.may_not_apply;
      reduce.value = keep(of, *link.into);
    }
    if (!op) return {ConditionColumn{std::vector<Condition>(rows)}, ConditionValue{0, may_not_apply}};
    const auto may =
        static_cast<State>(kCauses | (may_not_apply ? kNotApplicable : 0) | (reduce.ignoring_missing ? kOpen : 0));
    const NumberValue shape{0, false, Sort::Numbers, 0, 0, links + 1, may, nullptr};
    return {room_for(rows, shape), shape};
  }
  if (*op == Op::Share || *op == Op::Median || *op == Op::LowerQuartile || *op == Op::UpperQuartile)
    no("it takes a median, a quartile or a share of a set");
  if (!value || std::holds_alternative<ConditionValue>(*value)) no("it adds up what is no number");
  const NumberValue of = plain(number(*value, link), link);
  const bool adds = *op == Op::Sum || *op == Op::Average;
  if (of.wide || of.sort == Sort::Texts || (adds && of.sort != Sort::Numbers)) no("it adds up numbers too wide");
  reduce.value = keep(of, *link.into);
  NumberValue shape{0, false, of.sort, of.places, of.least, of.greatest, kAll, nullptr};
  if (adds) {
    constexpr __int128 kMost = __int128{1} << 61;
    const __int128 least = static_cast<__int128>(std::min<std::int64_t>(of.least, 0)) * links;
    const __int128 greatest = static_cast<__int128>(std::max<std::int64_t>(of.greatest, 0)) * links;
    if (least < -kMost || greatest > kMost) no("its sum may be too wide");
    shape.least = static_cast<std::int64_t>(least), shape.greatest = static_cast<std::int64_t>(greatest);
  }
  if (*op != Op::Average) return {room_for(rows, shape), shape};
  const NumberValue average{0, true, Sort::Numbers, Decimal::kPlaces, 0, 0, kAll, nullptr};
  return {WideColumn{std::vector<Decimal>(rows), std::vector<Decimal>(rows), std::vector<State>(rows), 0}, average};
}

Made Compiler::of_set(ast::ExprId id, Site& site) {
  const auto* quantified = std::get_if<ast::Quantified>(&book_.tree.expr(id));
  const auto* aggregate = std::get_if<ast::Aggregate>(&book_.tree.expr(id));
  const auto& set = std::get<ast::SetOf>(quantified ? quantified->range : aggregate->range);
  const auto* ref = std::get_if<SetRef>(&book_.resolved[set.set.index]);
  if (!ref) no("it asks of those that matched");
  if (!ref->anchor || ref->hops.size() != 1 || ref->others) no("it asks of a whole kind, or along two links");
  if (set.nearest || !set.with_same.empty() || set.expecting) no("it chooses peers, or expects so many");
  if (aggregate && aggregate->weighted_by) no("it weighs");
  const auto anchor = site.slots.find(*ref->anchor);
  if (anchor == site.slots.end() || anchor->second.through) no("its set starts from another subject than its own");
  const Hop& hop = ref->hops.front();
  links_.push_back(
      std::make_unique<Gathering>(Gathering{hop.relation, level_of(id) - 1, {hop.relation, {}, 0, 0, 0}, {}, {}}));
  const int level = links_.back()->level;
  Site link{site.rule, links_.back().get(), {}, std::nullopt};
  const Site::Reach member{ref->members, through_end(hop.relation, hop.forward)};
  link.slots[*ref->anchor] = {anchor->second.kind, through_end(hop.relation, !hop.forward)};
  link.slots[ref->member_slot] = member;
  if (ref->link_slot) link.slots[*ref->link_slot] = {hop.relation, std::nullopt};
  Reduce reduce;
  reduce.hop = hop;
  if (set.where) reduce.where = keep(condition(expr(*set.where, link), link), *link.into);
  const auto value = of_member(set, quantified ? quantified->each : aggregate->each, member, link);
  if (quantified)
    reduce.what = quantified->quantity;
  else
    reduce.what = aggregate->op;
  reduce.count = quantified ? quantified->count : 0;
  reduce.ignoring_missing = quantified ? quantified->ignoring_missing : aggregate->ignoring_missing;
  reduce.demand = links_demanded(hop);
  const KindDef& relation = book_.schema.kind(hop.relation);
  const KindId anchors = hop.forward ? relation.from : relation.to;
  auto [out, shape] = reduced(reduce, value, world_.frames[anchors.index].rows, link);
  reduce.out = static_cast<ColumnId>(plan_.columns.size());
  plan_.columns.push_back(std::move(out));
  const ColumnId made = reduce.out;
  later_.emplace_back(level, std::move(reduce));
  return load(made, shape, site, std::nullopt);
}

Made Compiler::place(ast::ExprId id, const ast::Position& node, Site& site) {
  const auto* ref = std::get_if<SetRef>(&book_.resolved[node.among.set.index]);
  if (!ref || !ref->hops.empty() || !ref->peer || *ref->peer != 0) no("it stands among others than its kind");
  if (node.among.where || node.among.nearest || node.among.expecting || node.among.with_same.size() > 1)
    no("it chooses peers, or expects so many");
  const KindId frame = ref->members;
  if (frame != site.into->frame || site.slots.at(0).through) no("it stands among others than its kind");
  Gathering& among = gathering(frame, level_of(id) - 1);
  Site member{site.rule, &among, {{ref->member_slot, {frame, std::nullopt}}, {0, {frame, std::nullopt}}}, std::nullopt};
  const NumberValue value = plain(number(expr(node.value, member), member), member);
  if (value.wide) no("it ranks numbers too wide");
  if ((value.may & kMayNotApply) != 0) no("it ranks what may not apply");
  Place place;
  place.frame = frame;
  place.value = keep(value, among);
  if (!node.among.with_same.empty()) {
    NumberValue alike = plain(number(expr(node.among.with_same.front(), member), member), member);
    if (alike.wide || alike.may != 0) no("what makes its peers alike is not known of all");
    alike.sort = Sort::Numbers;  // the same, or not: nothing else is asked of it
    place.alike = keep(alike, among);
  }
  const bool higher = better_direction(book_, node.value) != Direction::LowerIsBetter;
  place.op = node.op;
  place.ties = node.ties;
  place.ignoring_missing = node.ignoring_missing;
  place.lower_first = node.from == ast::ScaleEnd::Lowest || (node.from == ast::ScaleEnd::Best && !higher) ||
                      (node.from == ast::ScaleEnd::Worst && higher);
  const std::size_t rows = world_.frames[frame.index].rows;
  const bool halves = node.op == ast::PositionOp::Rank && node.ties == ast::Ties::Middle;
  const std::int64_t most =
      node.op == ast::PositionOp::Rank ? static_cast<std::int64_t>(rows + 1) * (halves ? 10 : 1) : parts_of(node.op);
  // One that does not apply has no place, and where nobody is left there is none to give.
  const State open = node.ignoring_missing ? kOpen : State{0};
  const auto may = static_cast<State>(kCauses | open | (value.may & kNotApplicable));
  const NumberValue shape{0, false, Sort::Numbers, halves ? 1 : 0, 1, most, may, nullptr};
  place.out = static_cast<ColumnId>(plan_.columns.size());
  plan_.columns.emplace_back(room_for(rows, shape));
  const ColumnId out = place.out;
  later_.emplace_back(among.level, std::move(place));
  return load(out, shape, site, std::nullopt);
}

}  // namespace assay::columns
