#pragma once
// Which units are forms of one word, by how they are written and by their company: live, lives, living.

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "concepts/graph_view.h"
#include "memory/life.h"

namespace noema::reasoning {

class WrittenForms {
 public:
  /// Takes the units that came since the last time, and the company of words if it was made anew. O(new nodes, words).
  /// Throws base::Error if the stored company is damaged.
  void catch_up(const concepts::GraphView& graph, const memory::Life& life);

  /// Held units, others than the one of that identity, that are forms of the same word. Of two words whose company is
  /// known it decides: they keep the same, and differ in at most three letters at the end. Others must be written alike
  /// (base::are_written_alike). At most `most`, those with most mentions, then the older ones. O(units that begin with
  /// the same three characters).
  std::vector<concepts::ConceptId> of(const concepts::GraphView& graph, const std::string& identity,
                                      std::size_t most) const;

 private:
  bool are_forms(const std::string& a, const std::string& b) const;

  concepts::ConceptId next_ = 1;
  struct Company;                           // words with their directions
  std::shared_ptr<const Company> company_;  // none if nothing is known of it
  memory::Position made_ = 0;               // up to where of the log it was made
  std::unordered_map<std::string, std::vector<concepts::ConceptId>> by_beginning_;  // the first three characters
};

}  // namespace noema::reasoning
