#pragma once
// Feeding files to a life that a server holds.

#include "app/actions/feed.h"
#include "app/remote/remote_life.h"

namespace noema::app {

/// As feed() does for a file of a life: sends at most 1000 inputs at a time, each batch with how far the file is read,
/// so that feeding it again goes on after what the server acknowledged. The server thinks as it likes: the request's
/// thinking, sync, predict and encode are not looked at, and the result counts what was thought meanwhile. Throws
/// base::Error, saying what was acknowledged, if a file, the server or the way to it fails.
FeedResult feed(const RemoteLife& remote, const FeedRequest& request, const FeedEvents& events);

}  // namespace noema::app
