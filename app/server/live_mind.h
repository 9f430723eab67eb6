#pragma once
// A life that is told, asked and thinks in one process: what the HTTP server and the tool server hold.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/server/past_lives.h"
#include "memory/inputs/input.h"
#include "reasoning/mind.h"

namespace noema::app {

struct Told {
  memory::EpisodeId episode = 0;
  bool is_known = false;  ///< the caller's id had told the same text before: nothing was stored
};

/// Thread-safe. Readers use view() or the mind's own readers beside everything; whatever writes goes through here, one
/// at a time. What was acknowledged is durable.
class LiveMind {
 public:
  /// Opens the life for writing. thinks: in the background whenever nothing else is done. Throws base::Error if the
  /// life cannot be opened, or another process writes to it.
  LiveMind(const std::string& path, bool thinks, const reasoning::MindOptions& options = {});
  /// Ends thinking and writes the checkpoint.
  ~LiveMind();
  LiveMind(const LiveMind&) = delete;
  LiveMind& operator=(const LiveMind&) = delete;

  const std::string& path() const { return path_; }
  reasoning::Mind& mind() { return *mind_; }
  reasoning::MindView view() const { return mind_->view(); }
  /// The life as it was.
  PastLives& past() { return past_; }

  /// Stores all inputs, or none if one of them cannot be told: a text that is empty, not UTF-8 or of several lines, or
  /// an id that has told another text. They are durable when it returns.
  std::vector<Told> tell(const std::vector<memory::Input>& inputs);
  /// The same for lines of a file, which may be empty, with how far the file is read after them. `file`, if it is
  /// given, gets its id and, if an input begins among these, the episode that holds its first piece.
  /// A later piece without `begins_at` belongs to the last input before it.
  std::vector<Told> feed(const std::vector<memory::Input>& inputs, memory::FeedRow* file);
  /// Runs what stores something (a question, say) beside background thinking.
  void write(const std::function<void(reasoning::Mind&)>& use);
  /// Runs what thinking may not interrupt (undoing, thinking on demand) while background thinking rests.
  void alone(const std::function<void(reasoning::Mind&)>& use);

  /// Whether it thinks in the background.
  bool thinks() const { return thinks_; }
  /// From now on thinks in the background, or does not.
  void let_think(bool thinks);

 private:
  std::vector<Told> store(const std::vector<memory::Input>& inputs);
  void commit_now_and_then(const std::stop_token& stop);

  std::string path_;
  PastLives past_;
  std::atomic<bool> thinks_;  ///< changed while writing_ is held
  std::unique_ptr<reasoning::Mind> mind_;
  std::mutex writing_;
  std::jthread committing_;
};

}  // namespace noema::app
