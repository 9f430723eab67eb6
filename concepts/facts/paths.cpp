#include "concepts/facts/paths.h"

#include <algorithm>

#include "concepts/facts/fact_layer.h"

namespace noema::concepts::facts {
namespace {

constexpr double kFirstRate = 0.1;        ///< of a way that was never tried
constexpr double kStrength = 4;           ///< trials that the rate of a more general way counts for
constexpr double kFading = 0.99;          ///< of the counts of answered questions, for each question
constexpr std::size_t kMostAnswers = 12;  ///< that one sign is counted for
constexpr std::size_t kMostNames = 4;     ///< of a question
constexpr std::size_t kLeastList = 3;     ///< words of an answer that lists two things

/// Whether these words are told as a filler more often than not.
bool is_name(const Told& told, const Words& words) {
  const auto thing = told.thing_of(words);
  const auto* roles = thing ? told.roles_of(*thing) : nullptr;
  if (roles == nullptr) return false;
  std::uint32_t as_filler = 0;
  for (const auto& [role, count] : *roles) as_filler += count;
  std::uint32_t in_all = told.times_told(words.front());
  for (const Word word : words) in_all = std::min(in_all, told.times_told(word));
  return 2 * as_filler >= in_all;
}

/// The question with its longest names cut out, from left to right.
NamedQuestion cut_names(const Told& told, const Words& question) {
  NamedQuestion cut;
  Words form;
  for (std::size_t begin = 0; begin < question.size();) {
    std::size_t length = cut.names.size() < kMostNames ? std::min(kMaxFiller, question.size() - begin) : 0;
    const auto from = question.begin() + static_cast<std::ptrdiff_t>(begin);
    while (length > 0 && !is_name(told, Words(from, from + static_cast<std::ptrdiff_t>(length)))) --length;
    if (length == 0) {
      form.push_back(question[begin++]);
      continue;
    }
    form.push_back(kSlot);
    cut.names.emplace_back(from, from + static_cast<std::ptrdiff_t>(length));
    begin += length;
  }
  cut.form = WordsHash()(form);
  return cut;
}

}  // namespace

void Paths::read(const TaughtQuestion& question) {
  if (question.is_refused || question.is_withdrawn || question.question.empty()) return;
  const Words answer = question.answer.value_or(Words());
  const auto [known, is_new] = answer_of_.try_emplace(answer, static_cast<AnswerId>(answers_.size()));
  if (is_new) answers_.emplace_back(answer, question.source);
  taught_.push_back({question.question, known->second, question.scene, question.told});
  if (question.question.size() <= kMaxWords)
    induction_.consider(asked_, asked_.tell(question.question, question.source));
}

/// What the forms and the names of a question may be: by the most specific template of taught questions, and with what
/// told sentences show to be names cut out.
std::vector<NamedQuestion> Paths::readings(const Told& told, const Words& question) const {
  std::vector<NamedQuestion> found{cut_names(told, question)};
  const Words* best = nullptr;
  std::vector<Filler> fillers;
  for (const TemplateId id : asked_.used()) {
    const Words& pattern = asked_.form(id).pattern;
    if (best != nullptr && !more_specific(pattern, *best)) continue;
    if (auto matched = match(pattern, question)) best = &pattern, fillers = std::move(*matched);
  }
  if (best == nullptr || WordsHash()(*best) == found[0].form) return found;
  found.push_back({WordsHash()(*best), {}});
  for (const Filler filler : fillers)
    found.back().names.emplace_back(question.begin() + filler.begin, question.begin() + filler.end);
  return found;
}

/// Makes new taught questions examples of their forms; all of them anew if the templates are others and much came
/// since.
void Paths::find_forms(const Told& told) {
  const std::uint64_t version = told.version() + asked_.version();
  const std::size_t now = told.sentences().size() + taught_.size();
  if (formed_ == 0 || (version != version_ && is_due_again(now, told_at_))) {
    forms_.clear();
    formed_ = 0;
    version_ = version;
    told_at_ = now;
  }
  for (; formed_ < taught_.size(); ++formed_)
    for (NamedQuestion& reading : readings(told, taught_[formed_].question)) {
      Form& form = forms_[reading.form];
      form.examples.push_back({std::move(reading.names), static_cast<std::uint32_t>(formed_)});
      if (form.may_list || answers_[taught_[formed_].answer].first.size() < kLeastList) continue;
      form.may_list = true;
      form.forget();
    }
}

/// The answer of which the way is the surest sign, and its rate: one that was seldom seen takes the rate that the more
/// general sign gives it.
std::pair<double, Paths::AnswerId> Paths::read_signs(const Way& way, const Form& form) const {
  Signs rates;
  for (std::uint32_t level = 0; level < way.levels; ++level) {
    const auto known = form.signs.find(way.keys[level]);
    if (known == form.signs.end()) break;
    double seen = 0;
    for (const auto& [answer, count] : known->second) seen += count;
    for (auto& [answer, rate] : rates) rate *= static_cast<float>(kStrength / (seen + kStrength));
    for (const auto& [answer, count] : known->second) {
      const auto one =
          std::find_if(rates.begin(), rates.end(), [&, a = answer](const auto& r) { return r.first == a; });
      const auto rate = static_cast<float>(count / (seen + kStrength));
      if (one == rates.end())
        rates.emplace_back(answer, rate);
      else
        one->second += rate;
    }
  }
  std::pair<double, AnswerId> best{0, 0};
  for (const auto& [answer, rate] : rates)
    if (rate > best.first) best = {rate, answer};
  return best;
}

/// The answer of the way with the best rate.
Paths::Choice Paths::choose(const Told& told, const std::vector<Way>& ways, const Form& form) const {
  Choice best;
  for (const Way& way : ways) {
    if (!way.reads) {
      const auto [rate, answer] = read_signs(way, form);
      if (rate > best.rate) best = {rate, &way, answers_[answer].first, answer};
      continue;
    }
    double rate = kFirstRate;
    for (std::uint32_t level = 0; level < way.levels; ++level)
      if (const auto known = form.reads.find(way.keys[level]); known != form.reads.end())
        rate = known->second.rate(rate, kStrength);
    if (rate > best.rate) best = {rate, &way, told.words_of(way.value), std::nullopt};
  }
  return best;
}

void Paths::learn_from(const Told& told, const std::vector<Way>& ways, AnswerId answer, Form& form) const {
  for (const Way& way : ways)
    for (std::uint32_t level = 0; level < way.levels; ++level) {
      if (way.reads) {
        form.reads[way.keys[level]].add(told.words_of(way.value) == answers_[answer].first);
        continue;
      }
      Signs& signs = form.signs[way.keys[level]];
      const auto known = std::find_if(signs.begin(), signs.end(), [&](const auto& one) { return one.first == answer; });
      if (known != signs.end())
        known->second += 1;
      else if (signs.size() < kMostAnswers)
        signs.emplace_back(answer, 1.0F);
    }
}

/// Learns the forms that list things; returns those of which a list was taught.
Paths::Lists Paths::learn_lists(const Told& told, const Scenes& scenes) {
  Lists lists;
  for (auto& [key, form] : forms_) {
    if (!form.may_list) continue;
    learn(told, scenes, key, form, {});
    if (form.gathering.joint()) lists.emplace_back(key, &form);
  }
  return lists;
}

/// The ways to the answer; how many things another form lists for the same names is a sign too.
std::vector<Way> Paths::ways(const Told& told, const Scene& scene, const NamedQuestion& question, const Lists& lists) {
  std::vector<Way> found = ways_to_answer(told, scene, question);
  for (const auto& [key, form] : lists) {
    if (form->examples.front().names.size() != question.names.size()) continue;
    const auto candidates = things_beside(told, scene, {key, question.names});
    const auto list = form->gathering.gather(told, candidates);
    if (!list) continue;
    Way size;
    for (const Candidate* part : list->parts) size.path.push_back(part->place.sentence);
    size.add(mixed({question.form, key}));
    size.add(mixed({question.form, key, list->parts.size()}));
    found.push_back(std::move(size));
  }
  return found;
}

/// Answers each example before it learns from it.
void Paths::learn(const Told& told, const Scenes& scenes, Key key, Form& form, const Lists& lists) const {
  if (form.examples.size() > form.learned + kMostTaught) form.learned = form.examples.size() - kMostTaught;
  for (; form.learned < form.examples.size(); ++form.learned) {
    const Example& example = form.examples[form.learned];
    const Taught& taught = taught_[example.taught];
    const auto& [answer, source] = answers_[taught.answer];
    const Scene scene = described(told, scenes.sentences(taught.scene, taught.told));
    const NamedQuestion question{key, example.names};
    const auto ways = Paths::ways(told, scene, question, lists);
    form.right = kFading * form.right + (choose(told, ways, form).words == answer);
    form.asked = kFading * form.asked + 1;
    learn_from(told, ways, taught.answer, form);
    if (!form.may_list) continue;
    const auto candidates = things_beside(told, scene, question);
    const auto list = form.gathering.gather(told, candidates);
    form.gathered = kFading * form.gathered + (list && list->words == answer);
    form.gathering.learn(told, candidates, answer, source);
  }
}

/// The answer by the best way, if it is worth more than `worth`, which it raises then.
std::optional<PathAnswer> Paths::by_way(const Told& told, const std::vector<Way>& ways, const Form& form,
                                        double& worth) const {
  const Choice choice = choose(told, ways, form);
  const double reliability = (form.right + 0.5) / (form.asked + 1);
  if (choice.way == nullptr || choice.rate * reliability <= worth) return std::nullopt;
  // What rests on no sentence is nothing but what was taught: taught once it is no answer to another question.
  if (choice.answer && choice.way->path.empty() &&
      std::count_if(form.examples.begin(), form.examples.end(),
                    [&](const Example& one) { return taught_[one.taught].answer == *choice.answer; }) < 2)
    return std::nullopt;
  worth = choice.rate * reliability;
  PathAnswer answer;
  answer.rate = choice.rate;
  answer.reliability = reliability;
  answer.path = choice.way->path;
  answer.is_null = choice.words.empty();
  if (!choice.answer) {
    answer.parts = {{choice.way->place, choice.words}};
  } else if (!answer.is_null) {
    answer.taught_by = answers_[*choice.answer].second;
  }
  return answer;
}

/// The same by what was gathered.
std::optional<PathAnswer> Paths::by_gathering(const Told& told, const std::vector<Candidate>& candidates,
                                              const Form& form, double& worth) const {
  const auto list = form.gathering.gather(told, candidates);
  const double reliability = (form.gathered + 0.5) / (form.asked + 1);
  if (!list || list->rate * reliability <= worth) return std::nullopt;
  worth = list->rate * reliability;
  PathAnswer answer;
  answer.rate = list->rate;
  answer.reliability = reliability;
  answer.is_null = list->words.empty();
  answer.joint = form.gathering.joint();
  for (const Candidate* part : list->parts) {
    answer.parts.push_back({part->place, told.words_of(part->thing)});
    answer.path.push_back(part->place.sentence);
  }
  if (list->parts.empty() && !answer.is_null) answer.taught_by = list->taught_by;
  return answer;
}

std::optional<PathAnswer> Paths::ask(const Told& told, const Scenes& scenes, std::span<const TaughtQuestion> taught,
                                     const Words& question, std::span<const std::uint32_t> scene) {
  for (; read_ < taught.size(); ++read_) read(taught[read_]);
  find_forms(told);
  const Lists all_lists = learn_lists(told, scenes), none;
  const Scene here = described(told, scene);
  std::optional<PathAnswer> best;
  double best_worth = 0;
  for (const NamedQuestion& reading : readings(told, question)) {
    const auto form = forms_.find(reading.form);
    if (form == forms_.end()) continue;
    const Lists& lists = form->second.may_list ? none : all_lists;
    learn(told, scenes, form->first, form->second, lists);
    if (auto found = by_way(told, ways(told, here, reading, lists), form->second, best_worth)) best = std::move(found);
    if (!form->second.gathering.joint()) continue;
    if (auto found = by_gathering(told, things_beside(told, here, reading), form->second, best_worth))
      best = std::move(found);
  }
  return best;
}

}  // namespace noema::concepts::facts
