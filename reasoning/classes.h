#pragma once
// What things are called: the classes that labelled inputs taught (concepts/names), texts and images alike. A function
// of the life's inputs and withdrawals in their order, so it needs no log of its own; what the life keeps of it only
// saves the time to take them in again.

#include <string>

#include "base/text.h"
#include "concepts/names/naming.h"
#include "memory/images/image.h"
#include "memory/life.h"

namespace noema::reasoning {

class Classes {
 public:
  /// Those of everything that the life holds. Of a long input only the first piece is looked at. O(inputs since they
  /// were kept last + what was kept). Throws base::Error if what was kept cannot be read.
  static Classes of(const memory::Life& life);
  /// The same without what was kept: a plain, slower version. O(life).
  static Classes anew(const memory::Life& life);
  /// Takes what came since. O(1) if nothing did.
  void catch_up(const memory::Life& life);
  /// Stores them in the life's batch.
  void keep(memory::Life& life) const;

  /// What this text is called. `text` is valid UTF-8; a text of which no class has a part is of none.
  concepts::names::Named classify(const std::string& text) const;
  concepts::names::Named classify(const memory::Image& image) const;
  const concepts::names::Naming& naming() const { return naming_; }
  bool operator==(const Classes& other) const;

 private:
  void take(const memory::Life& life, const memory::LogEntry& entry);
  concepts::names::Looks looks_of(const std::string& text, base::IdentityRule rule) const;
  concepts::names::Looks looks_of(const memory::Life& life, const memory::EpisodeRow& row) const;

  mutable base::Segmenter segmenter_;
  concepts::names::Naming naming_;
  memory::Position position_ = 0;  ///< log entries behind it were not taken yet
};

}  // namespace noema::reasoning
