#pragma once
// Answers questions about a scene by the ways that were right before (concepts/facts/ways.h). Taught questions show for
// each way how often it led to the answer; a question is answered by the way of the best rate.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "concepts/facts/gathering.h"
#include "concepts/facts/induction.h"
#include "concepts/facts/questions.h"
#include "concepts/facts/scenes.h"
#include "concepts/facts/ways.h"

namespace noema::concepts::facts {

/// Words of a filler.
struct Part {
  Place place = {};
  Words words = {};  ///< all of it, or some
};

struct PathAnswer {
  std::vector<Part> parts = {};                ///< what the answer says, or
  std::optional<std::int64_t> taught_by = {};  ///< the source of a taught question that has the answer,
  bool is_null = false;                        ///< or it was never told
  std::optional<Gathering::Joint> joint = {};  ///< what stands between several parts
  std::vector<std::uint32_t> path = {};        ///< the sentences that lead to it, the last one says it
  double rate = 0;                             ///< how often such ways are right
  double reliability = 0;                      ///< which share of the last taught questions of this form were answered
};

class Paths {
 public:
  /// The answer to a question about the scene; nothing if no form of taught question fits or no way was ever right.
  /// Learns first from those of `taught` with its forms that it did not learn from yet: the newest kMostTaught of each
  /// form, O(ways) each; anew after templates have changed. Refused and withdrawn ones teach nothing. `taught` may only
  /// have grown since the last call, and `told` and `scenes` are those of the last call too.
  static constexpr std::size_t kMostTaught = 4096;
  std::optional<PathAnswer> ask(const Told& told, const Scenes& scenes, std::span<const TaughtQuestion> taught,
                                const Words& question, std::span<const std::uint32_t> scene);

 private:
  using AnswerId = std::uint32_t;
  struct Example {
    std::vector<Words> names;
    std::uint32_t taught = 0;
  };
  using Signs = std::vector<std::pair<AnswerId, float>>;
  /// What was learned from the taught questions of one form.
  struct Form {
    std::vector<Example> examples = {};
    std::size_t learned = 0;      ///< how many of them were learned from
    double right = 0, asked = 0;  ///< fading: taught questions answered before they were learned from, and all
    std::unordered_map<Key, Record> reads = {};
    std::unordered_map<Key, Signs> signs = {};
    bool may_list = false;  ///< whether a taught answer may list several things
    Gathering gathering = {};
    double gathered = 0;  ///< as `right`, of gathered answers
    void forget() { *this = Form{.examples = std::move(examples), .may_list = may_list}; }
  };
  struct Choice {
    double rate = 0;
    const Way* way = nullptr;
    Words words = {};  ///< of a filler
    std::optional<AnswerId> answer = {};
  };

  std::vector<NamedQuestion> readings(const Told& told, const Words& question) const;
  void read(const TaughtQuestion& question);
  void find_forms(const Told& told);
  /// Forms whose taught answers list things, which are told how many there are.
  using Lists = std::vector<std::pair<Key, const Form*>>;
  Lists learn_lists(const Told& told, const Scenes& scenes);
  static std::vector<Way> ways(const Told& told, const Scene& scene, const NamedQuestion& question, const Lists& lists);
  void learn(const Told& told, const Scenes& scenes, Key key, Form& form, const Lists& lists) const;
  void learn_from(const Told& told, const std::vector<Way>& ways, AnswerId answer, Form& form) const;
  Choice choose(const Told& told, const std::vector<Way>& ways, const Form& form) const;
  std::optional<PathAnswer> by_way(const Told& told, const std::vector<Way>& ways, const Form& form,
                                   double& worth) const;
  std::optional<PathAnswer> by_gathering(const Told& told, const std::vector<Candidate>& candidates, const Form& form,
                                         double& worth) const;
  std::pair<double, AnswerId> read_signs(const Way& way, const Form& form) const;

  struct Taught {
    Words question;
    AnswerId answer = 0;
    std::uint32_t scene = 0;
    std::uint32_t told = 0;
  };
  std::size_t read_ = 0;  ///< how many of the taught questions were read
  std::vector<Taught> taught_;
  Told asked_;           ///< taught questions as sentences, whose templates are forms of question
  Induction induction_;  ///< finds these templates
  std::map<Words, AnswerId> answer_of_;
  std::vector<std::pair<Words, std::int64_t>> answers_;  ///< no words: it was never told; who taught it first
  std::map<Key, Form> forms_;
  std::size_t formed_ = 0;     ///< how many of taught_ are among the examples of forms
  std::uint64_t version_ = 0;  ///< of the templates when forms were begun
  std::size_t told_at_ = 0;    ///< and how many sentences and taught questions there were
};

}  // namespace noema::concepts::facts
