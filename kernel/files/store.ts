export interface FileStore { readonly directory: string }
export async function openFileStore(directory: string): Promise<FileStore> { return { directory }; }
