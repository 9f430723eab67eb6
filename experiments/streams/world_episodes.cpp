#include "experiments/streams/world_episodes.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace noema::experiments {
namespace {

std::string with_article(std::string_view noun) {
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

void Teller::say(Phrasings english, Phrasings chinese, const Slots& slots, const Fact& fact) {
  fmt::dynamic_format_arg_store<fmt::format_context> arguments;
  for (const auto& [slot, value] : slots) arguments.push_back(fmt::arg(slot.data(), value));
  const Phrasings phrasings = chinese_ ? chinese : english;
  const std::string_view phrase = phrasings.begin()[rng_.below(phrasings.size())];
  ToldLine line{capitalised(fmt::vformat(phrase, arguments)), fact.subject, fact.relation, fact.object, chinese_};
  told_.push_back(std::move(line));
}

std::size_t Teller::someone_else(std::size_t person) {
  const std::size_t other = rng_.below(world_.people.size() - 1);
  return other < person ? other : other + 1;
}

std::size_t Teller::somewhere_else(std::size_t place) {
  const std::size_t other = rng_.below(world_.places.size() - 1);
  return other < place ? other : other + 1;
}

std::string Teller::name(std::size_t person) const {
  return chinese_ ? world_.people[person].zh : world_.people[person].en;
}

std::string Teller::pronoun(std::size_t person) const {
  if (chinese_) return world_.people[person].male ? "他" : "她";
  return world_.people[person].male ? "he" : "she";
}

/// "the red cup", "a red cup"; 红色的杯子, 一个红色的杯子.
std::string Teller::looks(const Belonging& belonging, bool article) const {
  const Word& thing = things()[belonging.thing];
  const Word& colour = colours()[belonging.colour];
  if (chinese_) return fmt::format("{}{}的{}", article ? fmt::format("一{}", thing.measure) : "", colour.zh, thing.zh);
  const std::string noun = fmt::format("{} {}", colour.en, thing.en);
  return article ? with_article(noun) : "the " + noun;
}

void Teller::episode(double chinese_share) {
  chinese_ = chance(chinese_share);
  using Topic = void (Teller::*)();
  // A topic stands here as often as it is told.
  static constexpr Topic kTopics[] = {&Teller::family,     &Teller::family,  &Teller::home,    &Teller::home,
                                      &Teller::journey,    &Teller::journey, &Teller::journey, &Teller::belongings,
                                      &Teller::belongings, &Teller::scene,   &Teller::scene,   &Teller::royal,
                                      &Teller::kinds,      &Teller::senses,  &Teller::senses,  &Teller::weather};
  (this->*kTopics[rng_.below(std::size(kTopics))])();
}

void Teller::family() {
  const std::size_t person = someone();
  auto kin = relatives(world_, person);
  const std::size_t lines = std::min<std::size_t>(kin.size(), 3 + rng_.below(4));
  for (std::size_t i = 0; i < lines; ++i) {
    std::swap(kin[i], kin[i + rng_.below(kin.size() - i)]);
    tell_relative(person, kin[i]);
  }
  const std::size_t children = world_.people[person].children.size();
  if (children > 1) {
    say({"{p} has {n} children.", "{p} and {s} have {n} children."}, {"{p}有{n}个孩子。", "{p}和{s}有{n}个孩子。"},
        {{"p", name(person)},
         {"s", name(world_.people[person].spouse.value_or(person))},
         {"n", chinese_ ? (children == 2 ? "两" : "三") : (children == 2 ? "two" : "three")}});
  }
}

void Teller::tell_relative(std::size_t person, const Kinship& kinship) {
  say({"{r} is the {k} of {p}.", "{p}'s {k} is {r}.", "The {k} of {p} is {r}.", "{p}'s {k} is called {r}.",
       "{r} is {p}'s {k}."},
      {"{r}是{p}的{k}。", "{p}的{k}是{r}。", "{p}的{k}叫{r}。", "{p}有个{k}，名叫{r}。"},
      {{"p", name(person)}, {"r", name(kinship.relative)}, {"k", word(kinship.relation)}},
      {english_name(person), std::string(kinship.relation.en), english_name(kinship.relative)});
}

void Teller::home() {
  const std::size_t person = someone();
  const Person& who = world_.people[person];
  const Job& job = jobs()[who.job];
  const Slots slots = {
      {"p", name(person)},           {"he", pronoun(person)},          {"his", who.male ? "his" : "her"},
      {"place", place(who.home)},    {"job", word(job.person)},        {"a_job", with_article(job.person.en)},
      {"work", word(job.workplace)}, {"food", word(foods()[who.food])}};
  say({"{p} lives in {place}.", "The home of {p} is in {place}.", "{p} has a house in {place}.",
       "{p} is living in {place}."},
      {"{p}住在{place}。", "{p}的家在{place}。", "{p}在{place}有一座房子。"}, slots,
      {who.en, "lives", std::string(world_.places[who.home].en)});
  say({"{p} is {a_job}.", "{p} works as {a_job}.", "{he} is {a_job}."},
      {"{p}是{job}。", "{he}是{job}。", "{p}的工作是{job}。"}, slots, {who.en, "job", std::string(job.person.en)});
  say({"{he} works in the {work}.", "Every morning {p} goes to the {work}.", "{his} {work} is not far from the house."},
      {"{he}在{work}工作。", "{p}每天早上去{work}。", "{work}离{he}家不远。"}, slots);
  if (chance(0.7)) {
    say({"{p} likes {food}.", "{he} likes to eat {food}.", "{his} favourite food is {food}."},
        {"{p}喜欢吃{food}。", "{he}最爱吃{food}。"}, slots);
  }
  for (const std::size_t child : who.children) {
    if (world_.people[child].home != who.home || !chance(0.5)) continue;
    say({"{q} lives in {place} too.", "{q} also lives in {place}."}, {"{q}也住在{place}。"},
        {{"q", name(child)}, {"place", place(who.home)}},
        {english_name(child), "lives", std::string(world_.places[who.home].en)});
  }
}

void Teller::journey() {
  const std::size_t person = someone();
  Person& who = world_.people[person];
  const bool away = who.location != who.home;
  const bool moves = !away && chance(0.2);
  const std::size_t from = who.location;
  const std::size_t to = away && chance(0.7) ? who.home : somewhere_else(from);
  const Slots slots = {{"p", name(person)},
                       {"he", pronoun(person)},
                       {"from", place(from)},
                       {"to", place(to)},
                       {"by", word(vehicles()[rng_.below(vehicles().size())])}};
  const std::string target(world_.places[to].en);
  if (moves) {
    say({"{p} moved from {from} to {to}.", "{p} left {from} and moved to {to}."},
        {"{p}从{from}搬到{to}。", "{p}离开{from}，搬到了{to}。"}, slots, {who.en, "moves", target});
  } else {
    say({"{p} went from {from} to {to} {by}.", "{p} left {from} and went to {to}.", "{p} travelled to {to} {by}."},
        {"{p}从{from}{by}去{to}。", "{p}离开{from}，去了{to}。", "{p}{by}到{to}去。"}, slots, {who.en, "goes", target});
  }
  arrive(person, to, moves);
}

void Teller::arrive(std::size_t person, std::size_t to, bool moves) {
  Person& who = world_.people[person];
  who.location = to;
  if (moves) who.home = to;
  const std::string target(world_.places[to].en);
  const Slots slots = {
      {"p", name(person)}, {"he", pronoun(person)}, {"to", place(to)}, {"n", std::string(chinese_ ? "三" : "three")}};
  say({"The journey took {n} days.", "{he} was tired after the journey.", "It was a long way."},
      {"路上走了{n}天。", "{he}一路上很累。", "路很远。"}, slots);
  if (moves) {
    say({"Now {p} lives in {to}.", "{p} lives in {to} now."}, {"现在{p}住在{to}。", "{p}如今住在{to}。"}, slots,
        {who.en, "lives", target});
  } else if (to == who.home) {
    say({"{p} is at home in {to} again.", "{he} came home to {to}."}, {"{p}回到了{to}的家。", "{p}又回到{to}了。"},
        slots, {who.en, "at", target});
  } else {
    say({"Now {p} is in {to}.", "{p} is in {to} now."}, {"现在{p}在{to}。", "{p}到了{to}。"}, slots,
        {who.en, "at", target});
  }
  for (std::size_t other = 0; other < world_.people.size(); ++other) {
    if (other == person || world_.people[other].location != to || !chance(0.3)) continue;
    say({"There {he} met {q}.", "{p} saw {q} in {to}."}, {"{he}在那里遇见了{q}。", "{p}在{to}见到了{q}。"},
        {{"p", name(person)}, {"he", pronoun(person)}, {"q", name(other)}, {"to", place(to)}},
        {english_name(other), "at", target});
    break;
  }
}

void Teller::belongings() {
  const std::size_t index = rng_.below(world_.belongings.size());
  const Belonging& thing = world_.belongings[index];
  const std::string id = fmt::format("{} {}", colours()[thing.colour].en, things()[thing.thing].en);
  const Slots slots = {{"p", name(thing.owner)},
                       {"his", world_.people[thing.owner].male ? "his" : "her"},
                       {"he", pronoun(thing.owner)},
                       {"the", looks(thing, false)},
                       {"a", looks(thing, true)},
                       {"noun", word(things()[thing.thing])},
                       {"c", word(colours()[thing.colour])},
                       {"f", word(furniture()[rng_.below(furniture().size())])},
                       {"pos", word(positions()[rng_.below(positions().size())])}};
  say({"{p} has {a}.", "{the} belongs to {p}.", "{p} owns {a}."}, {"{p}有{a}。", "{the}是{p}的。"}, slots,
      {english_name(thing.owner), "has", id});
  say({"{his} {noun} is {c}.", "The {noun} of {p} is {c}.", "The colour of the {noun} is {c}."},
      {"{he}的{noun}是{c}的。", "这{noun}的颜色是{c}。"}, slots);
  say({"{the} is {pos} the {f}.", "{p} put {the} {pos} the {f}."}, {"{the}在{f}{pos}。", "{p}把{the}放在{f}{pos}。"},
      slots);
  if (chance(0.5)) give(index);
}

void Teller::give(std::size_t index) {
  Belonging& thing = world_.belongings[index];
  const std::size_t giver = thing.owner;
  const std::size_t receiver = someone_else(giver);
  const std::string id = fmt::format("{} {}", colours()[thing.colour].en, things()[thing.thing].en);
  const Slots slots = {
      {"p", name(giver)}, {"q", name(receiver)}, {"the", looks(thing, false)}, {"he", pronoun(receiver)}};
  say({"{p} gave {the} to {q}.", "{q} got {the} from {p}.", "{p} sold {the} to {q}."},
      {"{p}把{the}送给了{q}。", "{p}把{the}卖给了{q}。", "{q}从{p}那里得到了{the}。"}, slots,
      {english_name(giver), "gives", fmt::format("{} -> {}", id, english_name(receiver))});
  thing.owner = receiver;
  say({"Now {q} has {the}.", "{the} belongs to {q} now."}, {"现在{the}是{q}的了。", "现在{q}有{the}了。"}, slots,
      {english_name(receiver), "has", id});
}

void Teller::scene() {
  const Word& animal = animals()[rng_.below(animals().size())];
  const Word& from = furniture()[rng_.below(furniture().size())];
  const Word& to = furniture()[rng_.below(furniture().size())];
  const Slots slots = {{"x", word(animal)},
                       {"an_x", with_article(animal.en)},
                       {"f", word(from)},
                       {"a_f", with_article(from.en)},
                       {"t", word(to)},
                       {"m", std::string(animal.measure)},
                       {"fm", std::string(from.measure)},
                       {"c", word(colours()[rng_.below(colours().size())])},
                       {"pos", word(positions()[rng_.below(positions().size())])}};
  say({"The {x} is {pos} {a_f}.", "There is {an_x} {pos} the {f}."},
      {"{x}在{f}{pos}。", "{f}{pos}有一{m}{x}。", "一{m}{x}在一{fm}{f}{pos}。"}, slots);
  say({"The {x} is {c}.", "It is {an_x}.", "The {x} sleeps."}, {"这{m}{x}是{c}的。", "{x}睡着了。"}, slots);
  if (from.en == to.en) return;
  say({"The {x} jumped from the {f} to the {t}.", "The {x} went from the {f} to the {t}."},
      {"{x}从{f}跳到{t}那里。", "{x}从{f}走到{t}旁边。"}, slots);
  say({"Now the {x} is on the {t}.", "The {x} lies on the {t} now."}, {"现在{x}在{t}上。", "{x}躺在{t}上。"}, slots);
}

void Teller::royal() {
  struct Pair {
    Word he, she;
  };
  static constexpr Pair kPairs[] = {
      {{"king", "国王"}, {"queen", "女王"}},    {{"man", "男人"}, {"woman", "女人"}},
      {{"boy", "男孩"}, {"girl", "女孩"}},      {{"prince", "王子"}, {"princess", "公主"}},
      {{"father", "父亲"}, {"mother", "母亲"}}, {{"husband", "丈夫"}, {"wife", "妻子"}}};
  const Pair& pair = kPairs[rng_.below(std::size(kPairs))];
  for (const bool male : {true, false}) {
    const bool royal = pair.he.en == "king" || pair.he.en == "prince";
    const Slots slots = {{"x", word(male ? pair.he : pair.she)},
                         {"y", word(male ? pair.she : pair.he)},
                         {"kind", chinese_ ? (male ? "男人" : "女人") : (male ? "man" : "woman")},
                         {"he", chinese_ ? (male ? "他" : "她") : (male ? "he" : "she")},
                         {"his", male ? "his" : "her"},
                         {"seat", chinese_ ? (royal ? "宝座" : "椅子") : (royal ? "throne" : "chair")},
                         {"house", chinese_ ? (royal ? "王宫" : "屋子") : (royal ? "palace" : "house")},
                         {"wears", chinese_ ? (male ? "外衣" : "裙子") : (male ? "coat" : "dress")}};
    say({"The {x} sits on the {seat}.", "The {x} lives in the {house}."}, {"{x}坐在{seat}上。", "{x}住在{house}里。"},
        slots);
    if (chance(0.7))
      say({"The {x} raised {his} hand.", "The {x} wears {his} {wears}."},
          {"{x}举起了手，{he}笑了。", "{x}穿着{wears}。"}, slots);
    if (chance(0.5)) say({"The {x} loves the {y}.", "The {x} is a {kind}."}, {"{x}爱{y}。", "{x}是{kind}。"}, slots);
  }
}

void Teller::kinds() {
  struct Kind {
    Word name;
    std::span<const Word> members;
  };
  const Kind all[] = {
      {{"animal", "动物"}, animals()}, {{"colour", "颜色"}, colours()}, {{"city", "城市"}, world_.places}};
  const Kind& kind = all[rng_.below(std::size(all))];
  const std::size_t lines = 3 + rng_.below(3);
  for (std::size_t i = 0; i < lines; ++i) {
    const Word& member = kind.members[rng_.below(kind.members.size())];
    const bool animal = kind.name.en == "animal";
    say({"{a_x} is {a_kind}.", "{q} knows that {a_x} is {a_kind}."}, {"{x}是一种{kind}。", "{q}知道{x}是{kind}。"},
        {{"x", word(member)},
         {"a_x", animal ? with_article(member.en) : std::string(member.en)},
         {"kind", word(kind.name)},
         {"a_kind", with_article(kind.name.en)},
         {"q", name(someone())}});
  }
}

void Teller::senses() {
  const auto all = chinese_ ? chinese_senses() : english_senses();
  const std::string_view about = all[rng_.below(all.size())].word;
  std::vector<std::string_view> phrases;
  for (const SensePhrase& phrase : all) {
    if (phrase.word == about) phrases.push_back(phrase.text);
  }
  const std::size_t lines = std::min<std::size_t>(phrases.size(), 2 + rng_.below(4));
  for (std::size_t i = 0; i < lines; ++i) {
    std::swap(phrases[i], phrases[i + rng_.below(phrases.size() - i)]);
    const std::size_t person = someone();
    say({phrases[i]}, {phrases[i]},
        {{"p", name(person)},
         {"q", name(someone_else(person))},
         {"place", place(rng_.below(world_.places.size()))},
         {"c", word(colours()[rng_.below(colours().size())])}});
  }
}

void Teller::weather() {
  const std::size_t where = rng_.below(world_.places.size());
  for (const bool first : {true, false}) {
    const Word& weather = weathers()[rng_.below(weathers().size())];
    const Slots slots = {{"place", place(where)}, {"w", word(weather)}, {"q", name(someone())}};
    if (first) {
      say({"Today it is {w} in {place}.", "It is {w} in {place} today."}, {"今天{place}{w}。", "{place}今天{w}。"},
          slots);
      say({"{q} likes it when it is {w}.", "{q} looks out of the window."}, {"{q}喜欢{w}的日子。", "{q}看着窗外。"},
          slots);
    } else {
      say({"Tomorrow it will be {w}.", "Yesterday it was {w} in {place}."}, {"明天会{w}。", "昨天{place}{w}。"}, slots);
    }
  }
}

}  // namespace noema::experiments
