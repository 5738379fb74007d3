// Package state keeps small records in memory and in one JSON file each, so
// that a data folder outlives the process.
package state

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
)

// Collection is a set of records of one kind, by name. It is safe for
// concurrent use; records are values and never shared.
type Collection[T any] struct {
	dir     string
	mu      sync.RWMutex
	records map[string]T
	history lag.History[past[T]]
}

// past is what a record was, if it was there.
type past[T any] struct {
	record T
	exists bool
}

// Open reads the collection kept in dir, which is made if missing.
func Open[T any](dir string) (*Collection[T], error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making a state folder: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("listing a state folder: %w", err)
	}
	c := &Collection[T]{dir: dir, records: map[string]T{}}
	for _, entry := range entries {
		if err := c.load(entry); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Collection[T]) load(entry fs.DirEntry) error {
	base, isRecord := cutJSON(entry.Name())
	if !isRecord {
		return nil // a temporary file that a killed process left
	}
	name, err := hex.DecodeString(base)
	if err != nil {
		return fmt.Errorf("reading a record's name: %w", err)
	}
	data, err := os.ReadFile(filepath.Join(c.dir, entry.Name()))
	if err != nil {
		return fmt.Errorf("reading a record: %w", err)
	}
	var record T
	if err := json.Unmarshal(data, &record); err != nil {
		return fmt.Errorf("reading record %s: %w", name, err)
	}
	c.records[string(name)] = record
	return nil
}

func cutJSON(file string) (string, bool) {
	ext := filepath.Ext(file)
	return file[:len(file)-len(ext)], ext == ".json"
}

// Get returns the record called name.
func (c *Collection[T]) Get(name string) (T, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	record, ok := c.records[name]
	return record, ok
}

// At returns the record called name as it was at a time, see package lag.
func (c *Collection[T]) At(name string, at time.Time) (T, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if old, ok := c.history.At(name, at); ok {
		return old.record, old.exists
	}
	record, ok := c.records[name]
	return record, ok
}

// replaced notes what a record was until now.
func (c *Collection[T]) replaced(name string) {
	record, ok := c.records[name]
	c.history.Ended(name, past[T]{record, ok})
}

// All returns a copy of the whole collection.
func (c *Collection[T]) All() map[string]T {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return maps.Clone(c.records)
}

// Put stores a record under name.
func (c *Collection[T]) Put(name string, record T) error {
	data, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("encoding record %s: %w", name, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	file := c.file(name)
	if err := os.WriteFile(file+".tmp", data, 0o600); err != nil {
		return fmt.Errorf("writing record %s: %w", name, err)
	}
	if err := os.Rename(file+".tmp", file); err != nil {
		return fmt.Errorf("writing record %s: %w", name, err)
	}
	c.replaced(name)
	c.records[name] = record
	return nil
}

// Delete removes the record called name, if there is one.
func (c *Collection[T]) Delete(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := os.Remove(c.file(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing record %s: %w", name, err)
	}
	c.replaced(name)
	delete(c.records, name)
	return nil
}

func (c *Collection[T]) file(name string) string {
	return filepath.Join(c.dir, hex.EncodeToString([]byte(name))+".json")
}
