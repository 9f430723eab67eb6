#pragma once
// What is it called? A class is a category whose members are inputs; its shape is the counts of its members' parts. One
// member makes a class, and there may be a new one at any time. Everything is learned one input at a time, in one pass.
//
// What the aspects say of an input is pooled: ln P(class | input) = sum over aspects of weight x ln ratio, over all
// classes and one that nobody has told yet, for which all ratios are 1 (a logarithmic opinion pool, Genest & Zidek
// 1986). Weights, and how likely the untold class is, are learned online from what each label cost before it was told.

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "concepts/names/looks.h"
#include "concepts/names/shapes.h"

namespace noema::concepts::names {

struct Named {
  std::optional<std::string> label;      ///< nothing if it is likelier to be of no known class
  std::optional<std::string> best;       ///< the likeliest known class, also then; nothing if no class is known
  std::optional<std::string> runner_up;  ///< the second likeliest
  double confidence = 0;                 ///< probability of `best`
  double unknown = 1;                    ///< probability that it is of no known class
};

class Naming {
 public:
  /// Looks of which no class has a part are of none. O(classes + parts x classes that have them).
  Named name(const Looks& looks) const;
  /// Takes in a member of a class, after what the label cost has moved the weights.
  void learn(const std::string& label, const Looks& looks);
  /// Takes a member out of its class; a class without members is not known. What the weights learned stays.
  void forget(const std::string& label, const Looks& looks);

  struct Class {
    std::string label;
    std::uint64_t members = 0;
  };
  /// In the order of being told, those without members too.
  const std::vector<Class>& classes() const { return classes_; }
  double weight(Aspect aspect) const;
  /// What the labels told so far cost before they were told, in nats; a new label costs what being new does.
  double nats() const { return nats_; }

  std::uint64_t bytes() const;
  nlohmann::json save() const;
  /// Throws nlohmann::json::exception for what save() did not write.
  static Naming load(const nlohmann::json& state);

 private:
  /// Of an input: what each aspect says of each class, and how likely each class is, the untold one last.
  struct Opinions {
    std::array<std::vector<double>, kAspects> ratios;
    std::vector<double> shares;
  };
  bool may_be(ClassId id, const Looks& looks) const;
  Opinions opinions(const Looks& looks) const;
  void move_weights(const Opinions& opinions, std::optional<ClassId> truth);

  std::vector<Class> classes_;
  std::map<std::string, ClassId> ids_;
  std::array<Shapes, kAspects> shapes_;
  std::array<double, kAspects> log_weights_ = even_weights();
  double log_untold_ = 0;
  std::array<double, kAspects + 1> squares_{};  ///< sums of squared gradients; the last is that of the untold class
  double nats_ = 0;

  static std::array<double, kAspects> even_weights();
};

}  // namespace noema::concepts::names
